import { expect, it } from 'vitest'
import { differences } from '../prove/end-state.ts'
import { killRun } from '../prove/kill-run.ts'
import { shortScenario } from '../prove/kill-scenarios.ts'

it('an agent killed at any moment and started again ends where an undisturbed one does', { timeout: 180_000 }, async () => {
  const [undisturbed, killed] = await Promise.all([killRun([]), killRun(shortScenario)])
  expect(killed.missed).toEqual([])
  expect(differences(undisturbed.end, killed.end)).toEqual([])
  expect(killed.violations).toEqual([])
})
