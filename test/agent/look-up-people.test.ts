import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { lookUpPeople } from '../../agent/look-up-people.ts'
import type { ProcorePerson } from '../../agent/procore/companies.ts'

const person = (name: string | null, email: string | null): ProcorePerson => ({ id: '1', name, email, active: true, accountant: null })

/** Two connections that run, and one that does not. */
function looking(of: Record<number, ProcorePerson[] | null>) {
  const raw = new DatabaseSync(':memory:')
  raw.exec('create table connections (id integer, active integer); insert into connections values (1, 1), (2, 1), (3, 0)')
  return lookUpPeople(raw, { find: async (connection) => of[connection] ?? null }, 'a')
}

it('tells whoever several directories hold once, and nobody without an e-mail', async () => {
  const found = await looking({
    1: [person('Bo', 'bo@x.example'), person('Nameless', '')],
    2: [person('Bo', 'BO@x.example'), person(null, 'al@x.example')],
  })
  expect(found.people.map(({ name, email }) => [name, email])).toEqual([
    ['al@x.example', 'al@x.example'],
    ['Bo', 'bo@x.example'],
  ])
  expect([found.seen, found.more]).toEqual([true, false])
})

it('says that not every directory could be asked, beside those it was told of', async () => {
  const found = await looking({ 1: [person('Bo', 'bo@x.example')], 2: null })
  expect([found.people.length, found.seen]).toEqual([1, false])
})

it('tells twenty, and that there are more', async () => {
  const many = Array.from({ length: 21 }, (_, n) => person(`P${n}`, `p${n}@x.example`))
  const found = await looking({ 1: many, 2: [] })
  expect([found.people.length, found.more]).toEqual([20, true])
})
