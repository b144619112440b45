import { readdirSync, readFileSync } from 'node:fs'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { type AnchorName, anchors, findAll } from '../../../extension/pages/anchors.ts'

const folder = new URL('../../pages/', import.meta.url)
const expected: Record<string, Partial<Record<AnchorName, number>>> = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'))
const pages = readdirSync(folder).filter((name) => name.endsWith('.html'))
const names = Object.keys(anchors) as AnchorName[]

const countsIn = (page: string): Partial<Record<AnchorName, number>> => {
  const { document } = parseHTML(readFileSync(new URL(page, folder), 'utf8'))
  return Object.fromEntries(names.map((name) => [name, findAll(document, name).length]).filter(([, count]) => count !== 0))
}

describe('each anchor is found where it is expected, as often as expected, and nowhere else', () => {
  test.each(pages)('%s', (page) => expect(countsIn(page)).toEqual(expected[page]))
})

test('every made page says what to expect of it', () => expect(pages.sort()).toEqual(Object.keys(expected).sort()))

test('every anchor is found on at least one made page', () => {
  const found = new Set(Object.values(expected).flatMap((counts) => Object.keys(counts)))
  expect(names.filter((name) => !found.has(name))).toEqual([])
})

test('every selector says where and when its shape was seen', () => {
  for (const name of names) for (const selector of anchors[name].selectors) expect(selector.seen, name).toMatch(/20\d\d/)
})
