import type { Event } from '../../../shared/event.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { moment } from '../../../shared/words/when.ts'

type Named = { type: string; id: string }

/** One message about one run or one refused file; a later one about the same run replaces it. */
export type Toast = {
  id: string
  /** `watch`: what became of an unlink asked for in advance. */
  kind: 'run' | 'refused' | 'watch'
  code?: string
  /** Key of the one record it is about, where the agent says it. */
  key?: string
  updated: number
  failed: number
  /** When both sides had been compared. */
  at: string
  /** The run itself stopped. */
  stopped: boolean
  file: string
  /** Where a click leads: an item of this page, or the only one the run was about. */
  item: Named | null
  project: string | null
}

export type Interest = {
  /** The reader's id at this agent, to tell what they started. */
  person: string | null
  about: 'mine' | 'all'
  onPage: (key: string) => boolean
}

/**
 * Toasts of some events, one per run, in the order they happened; nothing a person neither started nor sees. `earlier` are events heard
 * before that may belong to the same runs: a run's end only counts what the events before it named. Pure.
 */
export function toastsOf(events: readonly Event[], interest: Interest, earlier: readonly Event[] = []): Toast[] {
  const all = [...earlier, ...events]
  return events.flatMap((event) => {
    const ofRun = event.run === undefined ? [event] : all.filter(({ run }) => run === event.run)
    const items = ofRun.flatMap((one) => one.items ?? [])
    const shown = items.filter(({ type, id }) => interest.onPage(`${type}:${id}`))
    const mine = interest.person !== null && ofRun.some(({ person }) => person === interest.person)
    if (interest.about === 'mine' && !mine && shown.length === 0) return []
    return toastOf(event, shown[0] ?? (items.length === 1 ? (items[0] ?? null) : null), movedIn(ofRun)) ?? []
  })
}

/** Records whose state a run changed: what a reader of Procore's pages calls updated. */
const movedIn = (events: readonly Event[]): number =>
  events.filter(({ kind }) => kind === 'link-changed').reduce((sum, { items = [], more = 0 }) => sum + items.length + more, 0)

function toastOf({ kind, n, at, run, project, data = {} }: Event, item: Named | null, moved: number): Toast | null {
  const number = (name: string): number | null => (typeof data[name] === 'number' ? data[name] : null)
  const base = {
    id: run ?? String(n),
    at,
    updated: number('updated') ?? moved,
    failed: number('failed') ?? number('problems') ?? 0,
    file: String(data['file'] ?? ''),
    item,
    project: project ?? null,
  }
  const code = String(data['code'] ?? '')
  if (watched.includes(code) && kind.startsWith('watch-')) {
    const key = typeof data['key'] === 'string' ? { key: data['key'] } : {}
    return { ...base, ...key, kind: 'watch', code, stopped: !code.endsWith('gone') }
  }
  if (kind === 'file-refused') return { ...base, kind: 'refused', stopped: true }
  if (kind !== 'run-ended') return null
  return { ...base, kind: 'run', stopped: data['state'] === 'failed' || data['state'] === 'stopped' }
}

/** How a watch ends by itself; what a person ended needs no telling. */
const watched: readonly string[] = ['gone', 'procore-gone', 'time', 'not-allowed', 'reason']

export const isTrouble = ({ failed, stopped }: Toast): boolean => failed > 0 || stopped

/** “38 updated, 2 need attention · as of 14:02”: no number without its time. */
export function sayToast(toast: Toast, words: Words, now: Date = new Date()): string {
  const { kind, stopped, file, at } = toast
  if (kind === 'watch') return sayWatch(toast, words)
  if (kind === 'refused') return say(words, 'toast.refused', { file })
  if (stopped) return say(words, 'toast.failed')
  const when = moment(at, words.locale, now)
  return `${sayCounts(toast, words)}${when === null ? '' : ` · ${say(words, 'popup.asOf', { when })}`}`
}

/** Of which record: several may be waited for. */
function sayWatch({ code = '', key, item }: Toast, words: Words): string {
  const says = sayCode(words, 'toast.watch', code)
  if (key === undefined) return says
  const record = item === null ? key : `${sayCode(words, 'item', item.type)} ${key}`
  return say(words, 'toast.watch', { record, says })
}

function sayCounts({ updated, failed }: Toast, words: Words): string {
  if (failed === 1) return say(words, 'toast.run.attention.one', { updated })
  if (failed > 0) return say(words, 'toast.run.attention', { updated, failed })
  return updated > 0 ? say(words, 'toast.run', { updated }) : say(words, 'toast.run.none')
}

/** Which toasts stay when one more comes: the newest of each run, at most three, trouble before success. Pure. */
export function stacked(now: readonly Toast[], next: Toast, most = 3): Toast[] {
  const all = [...now.filter(({ id }) => id !== next.id), next]
  while (all.length > most)
    all.splice(
      Math.max(
        0,
        all.findIndex((toast) => !isTrouble(toast) && toast !== next),
      ),
      1,
    )
  return all
}
