import type { LinkAnswer } from '../../../shared/api/links.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import type { UnlinkRequest } from '../popover-door.ts'
import type { Question } from './question.ts'
import type { Answer } from './stand.ts'
import { untilRead } from './until-read.ts'

type Parts = { request: UnlinkRequest; company: string | null; why: string | null; link: LinkAnswer; reads: Reads }
/** `signal`: the dialog closed. `begun` is told once an export is read first. */
type Reads = { signal: AbortSignal; begun: () => void }
type Reply = { value: Answer | null } | { problem: ToldProblem }

/** Does what a person was asked about, and answers what came of it; null where the link itself says so. */
export async function doing(act: Question['act'], { request, company, why, link, reads }: Parts): Promise<Reply> {
  const { ask, item } = request
  const reason = why === null ? {} : { reason: why }
  if (act === 'undo') {
    const reply = await ask('relink', { item, company })
    return 'problem' in reply ? reply : { value: { of: 'undo', ...reply.value } }
  }
  if (act === 'unlink' || act === 'unlink-all' || act === 'override') {
    const how = { unlink: {}, 'unlink-all': { children: true }, override: { override: true } }[act]
    const reply = await ask('unlink', { item, company, forecast: link.unlink?.id ?? '', ...reason, ...how })
    if ('value' in reply && reply.value.outcome === 'reading') return afterReading(request, company, link, reads)
    return 'problem' in reply ? reply : { value: { of: 'unlink', ...reply.value } }
  }
  const reply = await ask('watch', { item, company, on: act !== 'unwatch', ...reason })
  return 'problem' in reply ? reply : { value: null }
}

/**
 * An export is read first and nothing was asked for. Once it is, the facts are looked at anew: others are told as such, and the same have to be
 * confirmed anew. Null where they are the same.
 */
async function afterReading(request: UnlinkRequest, company: string | null, link: LinkAnswer, { signal, begun }: Reads): Promise<Reply> {
  begun()
  const read = await untilRead(request, company, signal)
  const forecast = link.unlink ?? null
  if (typeof read === 'object') return read
  if (read === 'still') return { value: { of: 'unlink', outcome: 'reading', forecast, problem: null } }
  const now = await request.ask('details', { item: request.item, company })
  if ('problem' in now) return now
  const unlink = now.value.link.unlink ?? null
  return { value: unlink?.id === forecast?.id ? null : { of: 'unlink', outcome: 'changed', forecast: unlink, problem: null } }
}
