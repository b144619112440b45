import { expect, it } from 'vitest'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf } from './books.ts'

const erp = books()
const rows = (...wanted: string[]) => erp.JCM_MASTER__COMMITMENT.filter((row) => wanted.includes(row['Commitment'] ?? ''))

it('the first file of a second division takes nothing of the first one’s for gone', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.export(exportOf(erp, 'commitments', rows('SC-1001')), 'commitments')
  await agent.atRest()
  await agent.writing('commitments', 'on')
  await agent.atRest()
  const other = exportOf(erp, 'commitments', rows('SC-1002'))
  const name = other.name.replace(/(\.[a-z]+)$/i, '-phoenix$1')
  await agent.export({ ...other, name }, 'commitments')
  await agent.atRest()
  const link = agent.ledger.link('commitments', 'SC-1001')
  expect(link?.state).toBe('synced')
  const { unlink } = await agent.ask('link', { params: { id: `work-order-contract:${link?.item}` } })
  expect(unlink).toMatchObject({ kind: 'unknown', code: 'in-other-file', params: { file: name } })
  await agent.export(exportOf(erp, 'commitments', rows('SC-1251')), 'commitments')
  await agent.atRest()
  expect(agent.ledger.link('commitments', 'SC-1001')?.state).toBe('gone-from-erp')
})
