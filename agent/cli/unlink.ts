import { setTimeout } from 'node:timers/promises'
import type { AnswerOf } from '../../shared/api.ts'
import { type ForecastShape, forecastTimes, overrideReasonLength } from '../../shared/forecast.ts'
import { en } from '../../shared/words/en.ts'
import { filled } from '../../shared/words/say.ts'
import type { Ask } from './ask-agent.ts'
import { type CliCommand, exit, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'

const usage = 'unlink TYPE:ID|LINK [--reason TEXT] [--override] [--look]'

/** So often the link is looked at, once a second, before it is left to the agent. */
const looks = 60

export const unlink: CliCommand = {
  says: 'Take the link off a record in Procore, once its ERP copy is gone; says first what would come of it.',
  usage: `${usage}
  --look      only say what would come of it
  --reason    why: needed for what left the ERP with its job, and to override
  --override  although the ERP still has it, or nobody knows; stands in its history for ever`,
  options: { reason: { type: 'string' }, override: { type: 'boolean' }, look: { type: 'boolean' } },
  async run({ folder, out, values, words: [id] }) {
    if (id === undefined) throw new UsageFault(usage)
    const { ask, close, running } = await openAgent(folder)
    try {
      if (!running) throw new UsageFault('The agent does not run: start it with “tieback start”.')
      const link = await ask('link', { params: { id } })
      const forecast = link.unlink ?? null
      const erp = link.connection?.erp ?? 'the ERP'
      if (forecast === null || values['look'] === true) {
        out.say(forecast === null ? 'Nothing in the ERP is tied to it.' : sentence(forecast, erp))
        out.result({ outcome: 'looked', forecast })
        return forecast?.kind === 'ready' ? exit.fine : exit.trouble
      }
      const reason = textOf(values, 'reason')
      const override = values['override'] === true
      if (override && (reason ?? '').trim().length < overrideReasonLength)
        throw new UsageFault(`Say why with --reason, in ${overrideReasonLength} characters at least: it stands in the history for ever.`)
      const body = { forecast: forecast.id, ...(reason ? { reason } : {}), ...(override ? { override } : {}) }
      const first = await ask('unlink', { params: { id }, body })
      const answer = first.outcome === 'under-way' ? await ended(ask, id) : first
      out.say(saidOf(answer.outcome, answer.forecast && sentence(answer.forecast, erp), answer.problem?.says ?? null))
      out.result(answer)
      return answer.outcome === 'unlinked' ? exit.fine : exit.trouble
    } finally {
      close()
    }
  },
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
