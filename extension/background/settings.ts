import type { Language } from '../../shared/words/languages.ts'

/** What a person chose in this browser. Features are on unless switched off, so a new one appears by itself. */
export type Settings = {
  off: readonly string[]
  language: Language | 'auto'
  toasts: 'mine' | 'all'
  /** Tell outside the browser when no Procore tab is open. */
  notify: boolean
  /** Hosts where nothing is shown. */
  paused: readonly string[]
}

export const defaults: Settings = { off: [], language: 'auto', toasts: 'mine', notify: false, paused: [] }
