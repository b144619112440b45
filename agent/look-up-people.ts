/** An admin looks somebody up in Procore's directories, to let them in under the name and e-mail they have there. */
import type { DatabaseSync } from 'node:sqlite'
import type { DirectoryPerson } from '../shared/api/people.ts'
import type { PeopleLooks } from './look-at-people.ts'
import type { ProcorePerson } from './procore/companies.ts'

const atMost = 20

/** Of all connections that run; whoever several directories hold is told once, as the first of them says. Nobody without an e-mail: it is how people are known. */
export async function lookUpPeople(
  raw: DatabaseSync,
  { find }: Pick<PeopleLooks, 'find'>,
  text: string,
): Promise<{ people: DirectoryPerson[]; more: boolean; seen: boolean }> {
  const connections = raw.prepare('select id from connections where active = 1 order by id').all()
  const looked = await Promise.all(connections.map(({ id }) => find(Number(id), text)))
  const byEmail = new Map<string, DirectoryPerson>()
  for (const one of looked.flatMap((found) => found ?? []).flatMap(told)) {
    const key = one.email.toLowerCase()
    if (!byEmail.has(key)) byEmail.set(key, one)
  }
  const people = [...byEmail.values()].sort((a, b) => a.name.localeCompare(b.name))
  const seen = looked.length > 0 && looked.every((found) => found !== null)
  return { people: people.slice(0, atMost), more: people.length > atMost, seen }
}

const told = ({ name, email, active, accountant }: ProcorePerson): DirectoryPerson[] =>
  email === null || email === '' ? [] : [{ name: name ?? email, email, active, accountant }]
