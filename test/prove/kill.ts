/**
 * The kill campaign: `kill -9` of the agent's process group at named moments, seen from outside; after each it is started again, and in the
 * end Procore, the ledger and the folders must stand as after a run nobody disturbed. Prints how many kills of which kinds were reached.
 */
import { differences } from './end-state.ts'
import { type KillRun, killRun } from './kill-run.ts'
import { scenarios } from './kill-scenarios.ts'

const rows = 20_000
const undisturbed = await killRun([], { rows })
console.log(
  `Undisturbed: ${Object.values(undisturbed.end.procore).flat().length} rows in Procore, ${undisturbed.end.ledger['records']?.length} records.`,
)

const reached: string[] = []
let wrong = undisturbed.violations.length
for (const [name, points] of Object.entries(scenarios)) {
  const began = Date.now()
  const run: KillRun = await killRun(points, { rows })
  const differs = [...differences(undisturbed.end, run.end), ...run.violations]
  reached.push(...run.reached)
  wrong += differs.length
  console.log(`${differs.length === 0 ? 'ok   ' : 'WRONG'} ${name}: ${run.reached.length} kills in ${Date.now() - began} ms`)
  for (const one of run.missed) console.log(`      not reached: ${one}`)
  for (const one of differs.slice(0, 20)) console.log(`      ${one.slice(0, 400)}`)
}
const kinds = Map.groupBy(reached, (kind) => kind)
for (const [kind, of] of kinds) console.log(`${String(of.length).padStart(3)} × ${kind}`)
console.log(`${reached.length} kills of ${kinds.size} kinds; ${wrong === 0 ? 'every end as undisturbed' : `${wrong} differences`}.`)
process.exitCode = wrong === 0 && reached.length >= 40 && kinds.size >= 12 ? 0 : 1
