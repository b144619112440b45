import type { LinkAnswer } from '../../../shared/api/links.ts'
import { isOverridable, wantsReason } from '../../../shared/forecast.ts'
import { neverGone } from '../../../shared/watch.ts'

/**
 * What a person may be asked about a link as it stands; `reason`: why has to be said. `override`: to unlink against the forecast. `tell`: the act
 * itself is Procore’s, we only tell when.
 */
export type Question = { act: 'unlink' | 'unlink-all' | 'override' | 'watch' | 'tell' | 'unwatch' | 'undo'; reason: boolean }

type Said = Pick<NonNullable<LinkAnswer['unlink']>, 'kind' | 'reason'> | null

const goes = (forecast: Said | undefined): boolean => forecast?.kind === 'ready' || forecast?.kind === 'left-with-job'

/** The one thing that can be done next; null where there is none. Pure. */
export function questionOf({ unlink, watch, undo }: Pick<LinkAnswer, 'unlink' | 'watch' | 'undo'>): Question | null {
  if (!unlink) return null
  const reason = unlink.reason === true
  if (goes(unlink)) return { act: 'unlink', reason }
  const family = [...(unlink.children ?? []).map(({ forecast }) => forecast), unlink.after]
  if (unlink.children && family.every(goes)) return { act: 'unlink-all', reason: family.some((one) => one?.reason === true) }
  if (unlink.kind === 'done') return mayUndo({ undo }) ? { act: 'undo', reason: false } : null
  if (watch) return { act: 'unwatch', reason: false }
  if (neverGone(unlink)) return null
  return unlink.kind === 'not-ours' ? { act: 'tell', reason: false } : { act: 'watch', reason: wantsReason(unlink) }
}

/** Whether an unlink can be taken back. What is off in part only can be unlinked further as well, so this is asked beside the question. Pure. */
export const mayUndo = ({ undo }: Pick<LinkAnswer, 'undo'>): boolean => undo != null && undo.refused === null && !undo.underWay

/** Whether this reader may go against what the forecast says. Which of them may not is also for the agent to say: here it is not offered. Pure. */
export const mayOverride = ({ unlink }: Pick<LinkAnswer, 'unlink'>, role: string): boolean =>
  role === 'admin' && unlink != null && isOverridable(unlink.code)
