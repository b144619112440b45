import { expect, it } from 'vitest'
import { unlinkStates } from '../../shared/forecast.ts'
import { differences } from '../prove/end-state.ts'
import { shortUnlinks } from '../prove/kill-scenarios.ts'
import { unlinkRun } from '../prove/unlink-run.ts'

it('unlinks asked for together end as undisturbed, whenever the agent is killed and started again, and are all taken back', {
  timeout: 240_000,
}, async () => {
  const [undisturbed, killed] = await Promise.all([unlinkRun([]), unlinkRun(shortUnlinks)])
  const ends = undisturbed.end.ledger['unlinks']?.map((row) => Number(JSON.parse(row).state)) ?? []
  expect(ends.length).toBeGreaterThan(15)
  expect(ends.filter((state) => unlinkStates[state] !== 'unlinked')).toEqual([unlinkStates.indexOf('refused')])
  expect(killed.missed).toEqual([])
  expect(differences(undisturbed.end, killed.end)).toEqual([])
  expect(killed.violations).toEqual([])
  for (const { undo } of [undisturbed, killed]) {
    expect(undo.lost).toEqual([])
    expect([undo.records, undo.items > undo.records]).toEqual([ends.length - 1, true])
  }
})
