import { setTimeout } from 'node:timers/promises'
import type { UnlinkBatchAnswer } from '../../shared/api/unlinks.ts'
import { unlinkStates } from '../../shared/forecast.ts'
import type { Ask } from './ask-agent.ts'
import { type CliContext, exit, type Output, textOf, UsageFault } from './command.ts'
import { sayForecast } from './say-forecast.ts'

/** Companies (vendors) are always ready: they are unlinked only where they are named. */
const usualTypes = 'work-order-contract,purchase-order-contract,commitment-change-order'
/** So often, once a second, before it is left to the agent. */
const looks = 3_600

/** Shows what is ready, asks, and unlinks exactly what was shown. */
export async function unlinkReady({ out, values, prompt }: CliContext, ask: Ask): Promise<number> {
  const project = textOf(values, 'project')
  const query = { types: textOf(values, 'types') ?? usualTypes, ...(project ? { project } : {}) }
  const { links, more } = await ask('readyUnlinks', { query })
  for (const { key, type, id, forecast } of links) out.say(`  ${key} (${type}:${id}): ${sayForecast(forecast, 'the ERP')}`)
  out.say(`${links.length} are ready${more > 0 ? `, and ${more} more: ask again for those` : ''}.`)
  if (values['look'] === true) {
    out.result({ outcome: 'looked', links, more })
    return exit.fine
  }
  if (links.length === 0 || !(await isMeant(links.length, values, prompt))) {
    out.result({ outcome: 'looked', links, more })
    return links.length === 0 ? exit.fine : exit.trouble
  }
  const entries = links.map(({ link, forecast }) => ({ link, forecast: forecast.id }))
  const reason = textOf(values, 'reason')
  const { id } = await ask('askUnlinks', { body: { entries, ...(reason ? { reason } : {}) } })
  const batch = await whenEnded(ask, id, looks)
  sayEntries(out.say, batch, 'the ERP')
  out.result(batch)
  return batch.counts['unlinked'] === links.length ? exit.fine : exit.trouble
}

async function isMeant(count: number, values: CliContext['values'], prompt: CliContext['prompt']): Promise<boolean> {
  if (values['yes'] === true) return true
  if (prompt === null) throw new UsageFault('Nobody can be asked here: say --yes to unlink what is shown.')
  return /^y(es)?$/i.test(await prompt.ask(`Unlink these ${count}? Type yes`, 'no'))
}

/** As it is once nothing of it is waiting or under way, or when it has been looked at often enough. */
export async function whenEnded(ask: Ask, id: string, atMost: number): Promise<UnlinkBatchAnswer> {
  for (let n = 1; ; n += 1) {
    const batch = await ask('unlinkBatch', { params: { id } })
    if (batch.endedAt !== null || n >= atMost) return batch
    await setTimeout(1_000)
  }
}

/** Each that is not unlinked with its reason, and how many there are of each kind. */
export function sayEntries(say: Output['say'], { entries, counts }: UnlinkBatchAnswer, erp: string): void {
  for (const { key, link, state, problem, forecast } of entries)
    if (state !== 'unlinked') say(`  ${key ?? link}: ${state}. ${problem?.says ?? (forecast ? sayForecast(forecast, erp) : '')}`.trimEnd())
  say(unlinkStates.flatMap((state) => (counts[state] ? [`${counts[state]} ${state}`] : [])).join(', '))
}
