import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { rememberStatements } from '../../../agent/ledger/statements.ts'

function open(): DatabaseSync {
  const raw = new DatabaseSync(':memory:')
  raw.exec('create table t (n integer); insert into t values (1), (2), (3)')
  return rememberStatements(raw)
}
const all = 'select n from t order by n'

it('prepares a text once', () => {
  const raw = open()
  expect(raw.prepare(all)).toBe(raw.prepare(all))
})
it('what is walked through is not disturbed by the same question asked meanwhile', () => {
  const raw = open()
  const seen: unknown[] = []
  for (const { n } of raw.prepare(all).iterate()) seen.push([n, raw.prepare(all).get()?.['n'], raw.prepare(all).all().length])
  expect(seen).toEqual([
    [1, 1, 3],
    [2, 1, 3],
    [3, 1, 3],
  ])
})
it('one that answers in another way keeps that to itself', () => {
  const raw = open()
  const arrays = raw.prepare(all)
  arrays.setReturnArrays(true)
  expect([arrays.get(), raw.prepare(all).get()]).toEqual([[1], { n: 1 }])
})
it('holds no more than so many', () => {
  const raw = open()
  const first = raw.prepare(all)
  for (let n = 0; n < 600; n++) raw.prepare(`select ${n}`)
  expect(raw.prepare(all)).not.toBe(first)
  expect(first.get()).toEqual({ n: 1 })
})
