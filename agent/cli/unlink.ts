import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { AnswerOf } from '../../shared/api.ts'
import { type ForecastShape, forecastTimes } from '../../shared/forecast.ts'
import { en } from '../../shared/words/en.ts'
import { filled } from '../../shared/words/say.ts'
import type { Ask } from './ask-agent.ts'
import { type CliCommand, exit, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'
import { cancel, whenGone } from './watch-unlink.ts'

const usage = 'unlink TYPE:ID|LINK [--reason TEXT] [--look] [--snapshot FILE.json] | --when-gone [--days N] | --cancel'

const inAdvance = { 'when-gone': { type: 'boolean' }, days: { type: 'string' }, cancel: { type: 'boolean' } } as const

/** So often the link is looked at, once a second, before it is left to the agent. */
const looks = 60

export const unlink: CliCommand = {
  says: 'Take the link off a record in Procore, once its ERP copy is gone; says first what would come of it.',
  usage: `${usage}
  --look    only say what would come of it
  --reason  why: needed for what left the ERP with its job
  --snapshot  keep what the record was before the unlink, as JSON
  --when-gone  do it by itself once the record is gone from the ERP, within 14 days or those of --days
  --cancel  take that back`,
  options: { reason: { type: 'string' }, look: { type: 'boolean' }, snapshot: { type: 'string' }, ...inAdvance },
  async run(context) {
    const {
      folder,
      out,
      values,
      words: [id],
    } = context
    if (id === undefined) throw new UsageFault(usage)
    const file = newFile(textOf(values, 'snapshot'))
    const { ask, close, running } = await openAgent(folder)
    try {
      if (!running) throw new UsageFault('The agent does not run: start it with “tieback start”.')
      if (values['cancel'] !== undefined) return await cancel(ask, id, context)
      const link = await ask('link', { params: { id } })
      const forecast = link.unlink ?? null
      const erp = link.connection?.erp ?? 'the ERP'
      if (values['when-gone'] !== undefined) return await whenGone(ask, id, context, (told) => sentence(told, erp))
      if (forecast === null || values['look'] === true) {
        out.say(forecast === null ? 'Nothing in the ERP is tied to it.' : sentence(forecast, erp))
        out.result({ outcome: 'looked', forecast })
        return forecast?.kind === 'ready' ? exit.fine : exit.trouble
      }
      const reason = textOf(values, 'reason')
      const body = { forecast: forecast.id, ...(reason ? { reason } : {}) }
      const first = await ask('unlink', { params: { id }, body })
      const answer = first.outcome === 'under-way' ? await ended(ask, id) : first
      out.say(saidOf(answer.outcome, answer.forecast && sentence(answer.forecast, erp), answer.problem?.says ?? null))
      out.result(answer)
      if (file !== null && answer.outcome === 'unlinked') {
        await writeFile(file, JSON.stringify(await ask('snapshot', { params: { id } }), null, 2), { flag: 'wx', mode: 0o600 })
        out.say(`What it was is kept in ${file}.`)
      }
      return answer.outcome === 'unlinked' ? exit.fine : exit.trouble
    } finally {
      close()
    }
  },
}

/** Where the snapshot goes; a file that is there is left as it is, and nothing is unlinked. */
function newFile(path: string | undefined): string | null {
  if (path === undefined) return null
  if (existsSync(resolve(path))) throw new UsageFault(`${path} is there already; nothing was done.`)
  return resolve(path)
}

/** How it ended, by the link itself: asking a second time would begin anew what Procore refused. */
async function ended(ask: Ask, id: string): Promise<AnswerOf<'unlink'>> {
  for (let n = 0; n < looks; n += 1) {
    const { status, unlink: forecast = null, problems } = await ask('link', { params: { id } })
    if (status.state === 'unlinked') return { outcome: 'unlinked', forecast, problem: null }
    if (status.state !== 'unlinking') return { outcome: 'refused', forecast, problem: problems[0] ?? null }
    await setTimeout(1_000)
  }
  return { outcome: 'under-way', forecast: null, problem: null }
}

function saidOf(outcome: string, forecast: string | null, problem: string | null): string {
  if (outcome === 'unlinked') return `Successfully unlinked. ${forecast ?? ''}`
  if (outcome === 'under-way') return 'On its way: Procore has not answered yet. Look again with --look.'
  if (outcome === 'changed') return `Nothing was done: what holds now is not what was shown. ${forecast ?? ''}`
  return `Not unlinked. ${problem ?? forecast ?? ''}`
}

/** The forecast in the command line's own English, moments as they are. */
function sentence({ kind, code, params }: ForecastShape, erp: string): string {
  const text = (key: string): string => (en as Record<string, string>)[`forecast.${key}`] ?? key
  const times = forecastTimes.flatMap((name) => (params[name] ? [[name, params[name].replace('T', ' ').slice(0, 16)]] : []))
  return `${text(kind)}. ${filled(text(code), { erp, ...params, ...Object.fromEntries(times) })}`
}
