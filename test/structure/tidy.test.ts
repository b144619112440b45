import { describe, expect, it } from 'vitest'
import { problems } from '../../shared/problem.ts'
import { isSource, text, tracked } from './sources.ts'

const files = tracked()

describe('the tree', () => {
  it('has nothing else at its top', () => {
    const top = new Set(files.map((path) => path.split('/')[0] ?? ''))
    const known = [
      'extension',
      'agent',
      'shared',
      'test',
      'bench',
      'docs',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'wxt.config.ts',
      'vitest.config.ts',
      'biome.json',
      'knip.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
    ]
    expect([...top].filter((name) => !name.startsWith('.') && !known.includes(name))).toEqual([])
  })

  it('has no folder named for nothing', () => {
    expect(files.filter((path) => /(^|\/)(utils?|helpers?|common|managers?)(\/|\.)/.test(path))).toEqual([])
  })
})

describe('open ends', () => {
  const today = new Date().toISOString().slice(0, 10)

  it('carry an expiry date and none has passed', () => {
    const ends = files
      .filter(isSource)
      .filter((path) => !path.startsWith('test/structure/'))
      .flatMap((path) =>
        [...text(path).matchAll(/\b(?:TODO|FIXME|XXX|HACK)\b(?: \[(\d{4}-\d{2}-\d{2})\])?/g)].map((match) => ({ path, until: match[1] })),
      )
    expect(ends.filter(({ until }) => until === undefined || until < today)).toEqual([])
  })

  it('are not left in tests', () => {
    const left = files
      .filter((path) => path.startsWith('test/') && isSource(path) && !path.startsWith('test/structure/'))
      .filter((path) => /\b(?:it|describe|test)\.(?:only|skip|todo)\b/.test(text(path)))
    expect(left).toEqual([])
  })
})

describe('problems', () => {
  const sources = files.filter(
    (path) =>
      isSource(path) &&
      /^(agent|extension|shared)\//.test(path) &&
      !/^shared\/problems?[./]/.test(path) &&
      !path.startsWith('shared/words/'),
  )
  const all = sources.map(text).join('\n')

  it.each(Object.keys(problems))('%s can happen', (code) => {
    expect(all.includes(`'${code}'`)).toBe(true)
  })
})

describe('the style of the text', () => {
  it('names no machine and no person’s folder', () => {
    const named = files
      .filter((path) => !path.endsWith('package-lock.json') && /\.(tsx?|md|json|ya?ml|html|css|sh)$/.test(path))
      .filter((path) => /(?:^|[\s'"`(])\/(?:home|Users|root|work)\/\w/.test(text(path)))
    expect(named).toEqual([])
  })
})
