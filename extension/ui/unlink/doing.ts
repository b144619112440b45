import type { LinkAnswer } from '../../../shared/api/links.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import type { UnlinkRequest } from '../popover-door.ts'
import type { Question } from './question.ts'
import type { Answer } from './stand.ts'

type Parts = { request: UnlinkRequest; company: string | null; why: string | null; link: LinkAnswer }
type Reply = { value: Answer | null } | { problem: ToldProblem }

/** Does what a person was asked about, and answers what came of it; null where the link itself says so. */
export async function doing(act: Question['act'], { request: { ask, item }, company, why, link }: Parts): Promise<Reply> {
  const reason = why === null ? {} : { reason: why }
  if (act === 'undo') {
    const reply = await ask('relink', { item, company })
    return 'problem' in reply ? reply : { value: { of: 'undo', ...reply.value } }
  }
  if (act === 'unlink' || act === 'unlink-all' || act === 'override') {
    const how = { unlink: {}, 'unlink-all': { children: true }, override: { override: true } }[act]
    const reply = await ask('unlink', { item, company, forecast: link.unlink?.id ?? '', ...reason, ...how })
    return 'problem' in reply ? reply : { value: { of: 'unlink', ...reply.value } }
  }
  const reply = await ask('watch', { item, company, on: act !== 'unwatch', ...reason })
  return 'problem' in reply ? reply : { value: null }
}
