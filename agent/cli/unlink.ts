import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { AnswerOf } from '../../shared/api.ts'
import { type ForecastShape, overrideReasonLength } from '../../shared/forecast.ts'
import { tellsHalfDone } from '../../shared/problem.ts'
import { mayHold } from '../../shared/watch.ts'
import type { Ask } from './ask-agent.ts'
import { type CliCommand, type CliContext, exit, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'
import { recordNamed } from './record-named.ts'
import { sayForecast } from './say-forecast.ts'
import { requireSense } from './unlink-flags.ts'
import { sayEntries, unlinkReady, whenEnded } from './unlink-ready.ts'
import { cancel, whenGone } from './watch-unlink.ts'

const usage = `unlink TYPE:ID|ADDRESS|LINK [--with-children] [--reason TEXT] [--override] [--look] | --when-gone [--days N] | --cancel | --snapshot FILE.json
  unlink --all-ready [--types TYPES] [--project ID] [--reason TEXT] [--look] [--yes]`

const inAdvance = { 'when-gone': { type: 'boolean' }, days: { type: 'string' }, cancel: { type: 'boolean' } } as const

/** So often the link is looked at, once a second, before it is left to the agent. */
const looks = 60

export const unlink: CliCommand = {
  says: 'Take the link off a record in Procore, once its ERP copy is gone; says first what would come of it.',
  usage: `${usage}
  ADDRESS          of the record’s own page in Procore, as the browser shows it
  --with-children  what is linked under it (change orders) first, then itself: all of it, or nothing is begun
  --look           only say what would come of it, or list what is ready
  --reason         why: needed for what left the ERP with its job, or had money invoiced on it
  --override       although the ERP still has it, or nobody knows; stands in its history for ever
  --snapshot       only save what the record was before its newest unlink, as JSON; unlinks nothing
  --when-gone      do it by itself once the record is gone from the ERP, within 14 days or those of --days
  --cancel         take that back
  --all-ready      everything that is ready, at most 500 at once; shows the list and asks
  --types          kinds of item, parted by commas: subcontracts, purchase orders and their change orders unless said
  --project        Procore’s id of the one project meant
  --yes            do not ask`,
  options: {
    ...{ reason: { type: 'string' }, look: { type: 'boolean' }, 'with-children': { type: 'boolean' }, snapshot: { type: 'string' } },
    ...{ 'all-ready': { type: 'boolean' }, types: { type: 'string' }, project: { type: 'string' }, yes: { type: 'boolean' } },
    override: { type: 'boolean' },
    ...inAdvance,
  },
  async run(context) {
    const [named] = context.words
    const all = context.values['all-ready'] === true
    if ((named === undefined) !== all) throw new UsageFault(usage)
    requireSense(context.values)
    const file = newFile(textOf(context.values, 'snapshot'))
    const { ask, close, running } = await openAgent(context.folder)
    try {
      if (!running) throw new UsageFault('The agent does not run: start it with “tieback start”.')
      if (named === undefined) return await unlinkReady(context, ask)
      const id = await recordNamed(named, ask)
      if (context.values['cancel'] !== undefined) return await cancel(ask, id, context)
      if (file !== null) return await saveSnapshot(context, ask, id, file)
      return await unlinkOne(context, ask, id)
    } finally {
      close()
    }
  },
}

async function unlinkOne(context: CliContext, ask: Ask, id: string): Promise<number> {
  const { out, values } = context
  const link = await ask('link', { params: { id } })
  const forecast = link.unlink ?? null
  const erp = link.connection?.erp ?? 'the ERP'
  if (values['when-gone'] !== undefined) return whenGone(ask, id, context, (told) => sayForecast(told, erp), mayHold(link.status.type))
  if (forecast?.children) sayFamily(out.say, forecast, erp)
  if (forecast === null || values['look'] === true) {
    out.say(forecast === null ? 'Nothing in the ERP is tied to it.' : sayForecast(forecast, erp))
    out.result({ outcome: 'looked', forecast })
    return forecast?.kind === 'ready' ? exit.fine : exit.trouble
  }
  const reason = textOf(values, 'reason')
  const children = values['with-children'] === true
  const override = values['override'] === true
  if (override && (reason ?? '').trim().length < overrideReasonLength)
    throw new UsageFault(`Say why with --reason, in ${overrideReasonLength} characters at least: it stands in the history for ever.`)
  const body = {
    forecast: forecast.id,
    ...(reason ? { reason } : {}),
    ...(children ? { children } : {}),
    ...(override ? { override } : {}),
  }
  const first = await afterReading(() => ask('unlink', { params: { id }, body }))
  const answer = first.outcome === 'under-way' ? await ended(ask, id, first.batch?.id ?? null) : first
  if (answer.batch) sayEntries(out.say, answer.batch, erp)
  out.say(saidOf(answer.outcome, answer.forecast && sayForecast(answer.forecast, erp), answer.problem?.says ?? null))
  out.result(answer)
  return answer.outcome === 'unlinked' ? exit.fine : exit.trouble
}

/** Hands out what the ledger keeps of the newest unlink, whether it was taken back since or not; refused where there was none. */
async function saveSnapshot({ out }: CliContext, ask: Ask, id: string, file: string): Promise<number> {
  const snapshot = await ask('snapshot', { params: { id } })
  await writeFile(file, JSON.stringify(snapshot, null, 2), { flag: 'wx', mode: 0o600 })
  out.say(`What it was before its newest unlink is kept in ${file}. Nothing else was done.`)
  out.result({ file, snapshot })
  return exit.fine
}

/** What stands under it, and what it would come to itself. */
function sayFamily(say: (line: string) => void, { children = [], after }: ForecastShape, erp: string): void {
  for (const { key, type, id, forecast } of children)
    say(`  ${key ?? `${type}:${id}`}: ${forecast ? sayForecast(forecast, erp) : 'No record in the ERP is known for it.'}`)
  if (after) say(`Once these are unlinked (--with-children): ${sayForecast(after, erp)}`)
}

/** Where the snapshot goes; a file that is there is left as it is. */
function newFile(path: string | undefined): string | null {
  if (path === undefined) return null
  if (existsSync(resolve(path))) throw new UsageFault(`${path} is there already; nothing was done.`)
  return resolve(path)
}

/** A newer export that waits is read first: asked again until it is. */
async function afterReading(once: () => Promise<AnswerOf<'unlink'>>): Promise<AnswerOf<'unlink'>> {
  for (let n = 1; ; n += 1) {
    const answer = await once()
    if (answer.outcome !== 'reading' || n >= looks) return answer
    await setTimeout(1_000)
  }
}

/** How it ended, by the link itself: asking a second time would begin anew what Procore refused. */
async function ended(ask: Ask, id: string, of: string | null): Promise<AnswerOf<'unlink'>> {
  const batch = of === null ? null : await whenEnded(ask, of, looks)
  for (let n = 0; n < looks && (batch === null || batch.endedAt !== null); n += 1) {
    const { status, unlink: forecast = null, problems, reason = null } = await ask('link', { params: { id } })
    const half = problems.find(tellsHalfDone) ?? null
    if (status.state === 'unlinked') return { outcome: half ? 'refused' : 'unlinked', forecast, problem: half, batch }
    const problem = batch?.entries.at(-1)?.problem ?? reason
    if (status.state !== 'unlinking') return { outcome: 'refused', forecast, problem, batch }
    await setTimeout(1_000)
  }
  return { outcome: 'under-way', forecast: null, problem: null, batch }
}

function saidOf(outcome: string, forecast: string | null, problem: string | null): string {
  if (outcome === 'unlinked') return `Successfully unlinked. ${forecast ?? ''}`
  if (outcome === 'under-way') return 'On its way: Procore has not answered yet. Look again with --look.'
  if (outcome === 'reading') return 'Nothing was done: a newer export is still being read. Ask again.'
  if (outcome === 'changed') return `Nothing was done: what holds now is not what was shown. ${forecast ?? ''}`
  return `Not unlinked. ${problem ?? forecast ?? ''}`
}
