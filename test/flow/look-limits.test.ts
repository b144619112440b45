import { expect, it } from 'vitest'
import { pair } from '../../agent/cli/pair.ts'
import { codeOf, extensionOrigin, makeWire, pairedClient } from '../agent/server/browser.ts'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf } from './books.ts'

const email = 'lucia.serrano@practice-builders.example'

it('a person refused on many projects does not spend the hour of Procore’s calls, and the refusal keeps its date', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  await agent.export(exportOf(books(), 'jobs'), 'jobs')
  await agent.atRest()
  const projects = agent.ledger
    .rows(`select distinct l.item_id as id from links l join records r on r.id = l.record join sources s on s.id = r.source
      where s.entity = 'jobs' and l.item_id is not null`)
    .map((row) => String(row['id']))
  expect(projects.length).toBeGreaterThan(5)
  for (const id of projects) standIn.company.projectPeople.set(Number(id), new Set())
  const { result } = await agent.cli(pair, [], { name: 'Lucia', email, role: 'accountant' })
  const lucia = await pairedClient(agent.url, String((result as { code: string }).code), await makeWire(extensionOrigin, 20_000))
  const listed = `select 1 from procore_members m join people p on p.id = m.person where p.email = '${email}'`
  await agent.until('Procore was asked about her', () => agent.ledger.rows(listed).length >= projects.length)
  await agent.atRest()
  standIn.forget()
  const codes = new Set<string>()
  for (let n = 0; n < 4; n += 1)
    for (const id of projects) codes.add(codeOf(await lucia.call('watch', { params: { id: `project:${id}` }, body: {} })))
  expect(codes.has('ok')).toBe(false)
  const calls = standIn.requests.filter(({ path }) => path.endsWith('/users')).length
  expect(calls).toBeGreaterThan(0)
  expect(calls).toBeLessThanOrEqual(6)
})
