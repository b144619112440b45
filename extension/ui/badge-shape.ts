import type { Tone } from '../../shared/link-state.ts'
import type { IconName } from './icons.ts'

/**
 * What a badge shows, said in the reader's language. `word` stands in the pill, `cellWord` where a list's column is narrow; `says` is its sentence, `sentence` also names the ERP company
 * and is the accessible name. `look`: full for what is fresh; hollow for what is old (with a clock) or only last known.
 */
export type Badge = {
  icon: IconName
  tone: Tone
  word: string
  cellWord: string
  says: string
  sentence: string
  look: 'full' | 'hollow'
  state: string
}
