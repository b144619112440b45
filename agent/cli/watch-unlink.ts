import { type ForecastShape, wantsReason } from '../../shared/forecast.ts'
import { neverGone, watchDays } from '../../shared/watch.ts'
import type { Ask } from './ask-agent.ts'
import { type CliContext, exit, textOf, UsageFault } from './command.ts'

/** `--when-gone`: the unlink is asked for in advance. `said` words a forecast; `holds`: others may be linked under it. */
export async function whenGone(
  ask: Ask,
  id: string,
  { out, values }: CliContext,
  said: (forecast: Pick<ForecastShape, 'kind' | 'code' | 'params'>) => string,
  holds: boolean,
): Promise<number> {
  const reason = textOf(values, 'reason')
  const days = daysOf(textOf(values, 'days'))
  const answer = await ask('watch', { params: { id }, body: { days, ...(reason ? { reason } : {}) } })
  out.result(answer)
  const { watch, forecast } = answer
  const never = forecast && neverGone(forecast)
  if (watch) {
    out.say(`It is unlinked by itself once it is gone from the ERP, until ${watch.until.slice(0, 10)}.`)
    if (watch.waits !== undefined) out.say(`It is gone since ${watch.waits}, and waits for one more export to agree.`)
    if (holds) out.say('What is linked under it (change orders, invoices, payments) goes with it, first: once all of it is gone, or none.')
  } else if (forecast?.code === 'gone' || forecast?.code === 'procore-gone') out.say(`It is gone already. ${said(forecast)}`)
  else if (forecast && !never && wantsReason(forecast) && !reason) out.say('Say why: --reason. Money was invoiced on it.')
  else out.say(`Waiting cannot help. ${never?.key ? `${never.key}: ` : ''}${forecast ? said(never?.said ?? forecast) : ''}`)
  return watch ? exit.fine : exit.trouble
}

/** `--cancel`: it is not unlinked by itself any more. */
export async function cancel(ask: Ask, id: string, { out }: CliContext): Promise<number> {
  const answer = await ask('unwatch', { params: { id } })
  out.result(answer)
  out.say(answer.cancelled ? 'It is no longer unlinked by itself.' : 'Nobody had asked for that.')
  return answer.cancelled ? exit.fine : exit.trouble
}

function daysOf(text: string | undefined): number {
  const days = text === undefined ? watchDays.usual : Number(text)
  if (!Number.isInteger(days) || days < 1 || days > watchDays.most)
    throw new UsageFault(`--days takes a number from 1 to ${watchDays.most}.`)
  return days
}
