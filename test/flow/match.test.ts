import { expect, it } from 'vitest'
import { archive } from '../../agent/cli/archive.ts'
import { match } from '../../agent/cli/match.ts'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, writes } from './books.ts'

const erp = books()

it('a subcontract the ERP numbers otherwise is found, shown, and tied once a person says so; what never will be is put away', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const rows = erp.JCM_MASTER__COMMITMENT.filter((row) => ['SC-1001', 'SC-1002'].includes(row['Commitment'] ?? ''))
  const renamed = rows.map((row) => ({ ...row, Commitment: `${row['Commitment']}`.replace('SC-', 'SC ') }))
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.export(exportOf(erp, 'commitments', renamed), 'commitments')
  await agent.atRest()
  expect(agent.ledger.link('commitments', 'SC 1001')?.state).toBe('not-linked')

  const looked = await agent.cli(match, ['commitments/SC 1001'])
  expect(looked.said.join('\n')).toMatch(/^0\.93 {2}SC 1001 = SC-1001 .*Number written otherwise.*Same name/)
  const would = await agent.cli(match, ['commitments'])
  expect(would.said.at(-1)).toMatch(/would be tied; --yes ties them, \d+ left to a person/)
  expect(agent.ledger.link('commitments', 'SC 1001')?.state).toBe('not-linked')
  await expect(agent.cli(match, ['commitments'], { 'at-least': '0.2' })).rejects.toThrow('0.5 to 1')

  const put = await agent.cli(archive, ['commitments/SC 1002'], { reason: 'cancelled before it began' })
  expect(put.code).toBe(0)
  await agent.export(exportOf(erp, 'commitments', [...renamed].reverse()), 'commitments')
  await agent.atRest()
  expect(agent.ledger.link('commitments', 'SC 1002')?.state).toBe('archived')
  const done = await agent.cli(match, ['commitments'], { yes: true })
  expect(done.said.find((line) => line.startsWith('tied'))).toMatch(/SC 1001 = SC-1001/)
  expect(agent.ledger.link('commitments', 'SC 1001')?.item).toMatch(/^\d+$/)
  await agent.cli(archive, ['commitments/SC 1002'], { undo: true })
  expect(agent.ledger.link('commitments', 'SC 1002')?.state).toBe('not-linked')
  expect(writes(standIn.requests)).toEqual([])
})
