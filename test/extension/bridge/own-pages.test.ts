import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type OwnPage, ownPage, readOwnPage } from '../../../extension/bridge/own-pages.ts'

const at = { agent: 'l6yLgngIb5JF7AhzycvtpeUXoe3HsXO4r7vqHBcLOMI', id: 'work-order-contract:900004' }
const searchOf = (page: OwnPage): string => new URL(ownPage(page), 'moz-extension://x/').search

test.each(['history', 'evidence'] as const)('an address of the %s is read as it was written', (shows) =>
  expect(readOwnPage(searchOf({ ...at, shows }))).toEqual({ ...at, shows }),
)

test('an address says of which Procore the record is where that is a sandbox', () => {
  expect(readOwnPage(searchOf({ ...at, environment: 'monthly', shows: 'history' }))).toEqual({
    ...at,
    environment: 'monthly',
    shows: 'history',
  })
})

test.each([
  ['nothing', ''],
  ['no agent', '?id=vendor:1'],
  ['an agent that is none', '?agent=a%2Fb&id=vendor:1'],
  ['a kind there is not', '?agent=a&id=budget:1'],
  ['an id that is none', '?agent=a&id=vendor:1%2F..%2Fme'],
  ['more than an id', '?agent=a&id=vendor:1:2'],
])('%s is nobody’s history', (_, search) => expect(readOwnPage(search)).toBeNull())

test('no page of ours takes the place of one of the browser’s', () => {
  const names = readdirSync('extension/entrypoints').map((name) => name.split('.')[0])
  expect(names.filter((name) => ['bookmarks', 'history', 'newtab'].includes(name ?? ''))).toEqual([])
})
