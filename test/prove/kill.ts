/**
 * The kill campaign: `kill -9` of the agent's process group at named moments, seen from outside; after each it is started again, and in the
 * end Procore, the ledger and the folders must stand as after a run nobody disturbed. Prints how many kills of which kinds were reached.
 * `--only unlinks` leaves out the files and changes; `--only many` is 500 unlinks at once alone. Every unlink is taken back at the end.
 */
import { parseArgs } from 'node:util'
import { modes } from '../flow/books.ts'
import { differences } from './end-state.ts'
import type { KillPoint } from './kill-points.ts'
import { type KillRun, killRun } from './kill-run.ts'
import { lostAnswers, manyUnlinks, scenarios, unlinkScenarios } from './kill-scenarios.ts'
import { type UnlinkRun, unlinkRun } from './unlink-run.ts'

const rows = 20_000
const { values } = parseArgs({ options: { only: { type: 'string' } } })

const reached: string[] = []
let wrong = 0

type Run = (points: readonly KillPoint[]) => Promise<KillRun | UnlinkRun>

/** What was not given back is a difference too. */
function undone(run: KillRun | UnlinkRun): string[] {
  if (!('undo' in run)) return []
  const { records, items, lost } = run.undo
  console.log(`      undone: ${records} records; ${items - lost.length} of ${items} headers and lines carry what they carried before`)
  return records === 0 ? ['nothing was undone'] : lost
}

/** Every scenario against one undisturbed run; answers how many kills were reached. */
async function campaign(of: Record<string, readonly KillPoint[]>, run: Run): Promise<number> {
  let kills = 0
  const undisturbed = await run([])
  wrong += undisturbed.violations.length + undone(undisturbed).length
  console.log(
    `Undisturbed: ${Object.values(undisturbed.end.procore).flat().length} rows in Procore, ${undisturbed.end.ledger['records']?.length} records, ${undisturbed.end.ledger['unlinks']?.length} unlinks.`,
  )
  for (const [name, points] of Object.entries(of)) {
    const began = Date.now()
    const killed = await run(points)
    const differs = [...differences(undisturbed.end, killed.end), ...killed.violations, ...undone(killed)]
    kills += killed.reached.length
    reached.push(...killed.reached)
    wrong += differs.length
    console.log(`${differs.length === 0 ? 'ok   ' : 'WRONG'} ${name}: ${killed.reached.length} kills in ${Date.now() - began} ms`)
    for (const one of killed.missed) console.log(`      not reached: ${one}`)
    for (const one of differs.slice(0, 20)) console.log(`      ${one.slice(0, 400)}`)
  }
  return kills
}

if (values.only === undefined) await campaign(scenarios, (points) => killRun(points, { rows }))
if (values.only !== 'many') for (const mode of modes) await campaign(unlinkScenarios, (points) => unlinkRun(points, { mode }))
const ofMany = await campaign({ '500 at once': manyUnlinks }, (points) =>
  unlinkRun(points, { size: 'many', faults: points.length === 0 ? [] : lostAnswers }),
)
const kinds = Map.groupBy(reached, (kind) => kind)
for (const [kind, of] of kinds) console.log(`${String(of.length).padStart(3)} × ${kind}`)
console.log(`${reached.length} kills of ${kinds.size} kinds; ${wrong === 0 ? 'every end as undisturbed' : `${wrong} differences`}.`)
const enough = ofMany >= 20 && kinds.size >= 12 && (values.only === 'many' || reached.length >= 40)
process.exitCode = wrong === 0 && enough ? 0 : 1
