import type { Tone } from '../link-state.ts'
import { Icon } from './icon.tsx'

/** A state as icon and word; colour never speaks alone. */
export const StatePill = ({ tone, word, path, hollow = false }: { tone: Tone; word: string; path: string; hollow?: boolean }) => (
  <span class="pill" data-tone={tone} data-look={hollow ? 'hollow' : 'full'}>
    <Icon path={path} />
    {word}
  </span>
)
