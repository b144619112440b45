import type { Words } from './languages.ts'
import { sayCode } from './say.ts'

/** One thing that happened, as the ledger and the wire have it. */
type Told = { code: string; from: string | null; to: string | null; params: Record<string, string> }

/** What happened, in the reader's language; a reason this version has no word for is left out: its code would tell nobody anything. Pure. */
export function sayStory({ code, from, to, params }: Told, words: Words): string {
  if (code === 'act') return sayCode(words, 'act', params['act'] ?? '')
  if (code !== 'moved') return sayCode(words, 'story', code)
  const state = (name: string): string => sayCode(words, 'state', name)
  const now = to === null ? [] : [state(params['neverAgreed'] ? 'differs' : to)]
  const moved = [...(from === null ? [] : [state(from)]), ...now].join(' → ')
  const why = sayCode(words, 'why', params['why'] ?? '', '')
  return why === '' ? moved : `${moved} (${why})`
}
