import { describe, expect, it } from 'vitest'
import { type ProblemCode, problems } from '../../shared/problem.ts'
import { isSource, text, tracked } from './sources.ts'

/**
 * Codes nothing raises as a problem, with the reason. `writing-off` is what rows are called that stay because an entity only watches; runs
 * count it and the popover words it.
 */
const neverRaised: readonly ProblemCode[] = ['writing-off']

const reached = new Set(
  tracked()
    .filter((path) => path.startsWith('test/') && path.endsWith('.test.ts') && !path.startsWith('test/structure/') && isSource(path))
    .flatMap((path) => [...text(path).matchAll(/\breaches\(\s*'([a-z-]+)'/g)].map((match) => match[1] ?? '')),
)

describe('every problem', () => {
  it.each(Object.keys(problems) as ProblemCode[])('%s is provoked through the product by a test', (code) => {
    expect([reached.has(code), neverRaised.includes(code)]).toContain(true)
  })
  it('that a test provokes is one there is', () => {
    expect([...reached].filter((code) => !(code in problems))).toEqual([])
  })
})
