import { expect, it } from 'vitest'
import { status } from '../../agent/cli/status.ts'
import { reaches } from '../support/reaches.ts'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf } from './books.ts'

const dayMs = 86_400_000

it('an export that came every night and no longer does: badges are old and a problem says so, until the next one is taken', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const erp = books()
  const rows = erp.APM_MASTER__VENDOR.slice(5, 8)
  const began = Date.now() - 13 * dayMs
  for (let night = 0; night < 10; night += 1) {
    const [first = {}, ...others] = rows
    const { name, bytes } = exportOf(erp, 'vendors', [{ ...first, Telephone: `(555) 222-00${10 + night}` }, ...others])
    await agent.drop(name, bytes, { rows: rows.length, entity: 'vendors', extractedAt: new Date(began + night * dayMs).toISOString() })
    await agent.until(`night ${night} was taken`, () => agent.ledger.files().filter(({ state }) => state === 'taken').length === night + 1)
  }
  await agent.atRest()
  await agent.until('the missed export is told', () => agent.ledger.problems().some(({ code }) => code === 'export-missed'))
  reaches(
    'export-missed',
    agent.ledger.problems().map(({ code }) => code),
  )
  const { item: id } = agent.ledger.links('vendors').find(({ item }) => item !== null) ?? {}
  const vendor = { type: 'vendor', id: String(id) } as const
  const expected = new Date(began + 10 * dayMs)
  // While the nights came in, each was the newest for a moment: what is told in the end rests on the last.
  const late = await agent.until('the night after the last is told as missed', async () => {
    const said = await agent.status([vendor])
    return Date.parse(said.items[0]?.old?.expected ?? '') >= expected.getTime() - dayMs / 12 && said
  })
  expect(late.connections['1']?.old).toMatchObject({ entity: 'vendors' })
  expect((await agent.cli(status)).said.join('\n')).toMatch(/vendors .*\n\s+OLD: the next export was expected \d{4}-/)

  const today = exportOf(erp, 'vendors', rows)
  await agent.drop(today.name, today.bytes, { rows: rows.length, entity: 'vendors', extractedAt: new Date().toISOString() })
  await agent.until('it is over', () => agent.ledger.problems().every(({ code }) => code !== 'export-missed'))
  const fresh = await agent.status([vendor])
  expect([fresh.connections['1']?.old, fresh.items[0]?.old]).toEqual([null, undefined])
})
