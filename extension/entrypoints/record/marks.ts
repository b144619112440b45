/** What is marked on the line of time: unlinks, their undoing, and what was done against the forecast. */
import type { WordKey } from '../../../shared/words/en.ts'
import type { HistoryEntry } from '../../bridge/own-calls.ts'

export type Mark = 'override' | 'unlink' | 'undo'

/** Each with a sign and a word of its own: colour never speaks alone. */
export const markWords: Record<Mark, WordKey> = { override: 'evidence.override', unlink: 'mark.unlink', undo: 'mark.undo' }

const unlinkActs: readonly string[] = ['unlink-asked', 'unlink-overridden', 'unlinks-asked', 'unlinked', 'watch-fired']
const undoActs: readonly string[] = ['relink-asked', 'relinked']

/** An override is marked for ever, on the act and on the move that followed from it. Pure. */
export function marksOf({ params }: Pick<HistoryEntry, 'params'>): Mark[] {
  const { act = '', why } = params
  return [
    ...(params['override'] === 'true' || act === 'unlink-overridden' ? ['override' as const] : []),
    ...(why === 'unlink' || unlinkActs.includes(act) ? ['unlink' as const] : []),
    ...(why === 'relink' || undoActs.includes(act) ? ['undo' as const] : []),
  ]
}
