import { describe, expect, it } from 'vitest'
import { importsOf, isSource, tracked } from './sources.ts'

/** house.md, “What may import what”, as data: for files under `here`, an import is fine when one of `may` fits it. */
type Rule = { here: RegExp; may: RegExp[]; but?: RegExp }

/** Anything that is not a file of ours. */
const packages = /^(?!(shared|agent|extension|test|bench)\/)/
const steps = ['connectors', 'formats', 'items', 'ledger', 'outbox', 'procore']

const rules: Rule[] = [
  { here: /^shared\/ui\//, may: [/^preact/, /^shared\//] },
  { here: /^shared\/agent-link\//, may: [/^shared\/(?!ui\/)/, /^(jose|zod)/] },
  { here: /^shared\/(?!ui\/)/, may: [/^zod/, /^shared\/(?!agent-link\/)/] },
  { here: /^agent\/console\//, may: [/^(shared|agent\/console)\//, /^preact/, /^zod/] },
  {
    here: /^agent\/server\//,
    may: [
      /^shared\//,
      /^agent\/server\//,
      /^agent\/ledger\//,
      /^agent\/(schedule|status|settings)\//,
      /^agent\/items\/(kind|index)\.ts$/,
      /^agent\/outbox\/outbox\.ts$/,
      packages,
    ],
  },
  { here: /^agent\//, may: [/^shared\/(?!ui\/)/, /^agent\//, packages], but: /^(extension|test|bench|preact)/ },
  {
    here: /^extension\/features\//,
    may: [/^shared\//, /^extension\/(pages|bridge|ui|features)\//, /^preact/],
    but: /^(zod|shared\/agent-link|webextension-polyfill|shared\/api(\.ts$|\/))/,
  },
  { here: /^extension\//, may: [/^(shared|extension)\//, packages], but: /^(agent|test|bench)\/|^node:/ },
]

const fits = (rule: Rule, from: string, typeOnly: boolean): boolean =>
  !(rule.but?.test(from) && !typeOnly) && rule.may.some((may) => may.test(from))

describe('imports point one way', () => {
  const files = tracked().filter((path) => isSource(path) && /^(shared|agent|extension)\//.test(path))

  it.each(rules.map((rule) => [rule.here.source, rule] as const))('%s', (_name, rule) => {
    const first = (path: string) => rules.find((other) => other.here.test(path)) === rule
    const wrong = files.filter(first).flatMap((path) =>
      importsOf(path)
        .filter(({ from, typeOnly }) => !fits(rule, from, typeOnly))
        .map(({ from }) => `${path} → ${from}`),
    )
    expect(wrong).toEqual([])
  })

  it('extension and agent meet in shared only, not even by types', () => {
    const wrong = files.flatMap((path) =>
      importsOf(path)
        .filter(
          ({ from }) =>
            (path.startsWith('agent/') && from.startsWith('extension/')) || (path.startsWith('extension/') && from.startsWith('agent/')),
        )
        .map(({ from }) => `${path} → ${from}`),
    )
    expect(wrong).toEqual([])
  })

  it('connectors, formats and items do not know the steps after them', () => {
    const after = (step: string) => steps.slice(steps.indexOf(step) + 1)
    const wrong = ['connectors', 'formats', 'items'].flatMap((step) =>
      files
        .filter((path) => path.startsWith(`agent/${step}/`))
        .flatMap((path) =>
          importsOf(path)
            .filter(
              ({ from }) =>
                after(step).some((later) => from.startsWith(`agent/${later}/`)) &&
                !(step === 'formats' && from.startsWith('agent/items/kind')),
            )
            .map(({ from }) => `${path} → ${from}`),
        ),
    )
    expect(wrong).toEqual([])
  })
})
