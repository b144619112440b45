import type { Event } from '../../../shared/event.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'

/** One message about one run or file. `items` are those of this page it is about; the first is what a click leads to. */
export type Toast = {
  id: string
  kind: 'run' | 'refused'
  updated: number
  failed: number
  /** The run itself stopped. */
  stopped: boolean
  file: string
  items: readonly { type: string; id: string }[]
}

export type Interest = {
  /** The reader at this agent, to tell what they started. */
  person: string | null
  about: 'mine' | 'all'
  onPage: (key: string) => boolean
}

/** Toasts of some events, one per run, in the order they happened; nothing a person did not start and does not see. Pure. */
export function toastsOf(events: readonly Event[], interest: Interest): Toast[] {
  return events.flatMap((event) => {
    const items = itemsOnPage(event, events, interest)
    const mine = interest.person !== null && event.person === interest.person
    if (interest.about === 'mine' && !mine && items.length === 0) return []
    return toastOf(event, items) ?? []
  })
}

/** Items of a run are told by the run's other events; its end only counts them. */
function itemsOnPage(event: Event, events: readonly Event[], { onPage }: Interest): Toast['items'] {
  const ofRun = event.run === undefined ? [event] : events.filter(({ run }) => run === event.run)
  const items = ofRun.flatMap((one) => one.items ?? [])
  return items.filter(({ type, id }) => onPage(`${type}:${id}`))
}

function toastOf({ kind, n, run, data = {} }: Event, items: Toast['items']): Toast | null {
  const number = (name: string): number => (typeof data[name] === 'number' ? data[name] : 0)
  const base = { id: run ?? String(n), updated: number('updated'), failed: number('failed'), file: String(data['file'] ?? ''), items }
  if (kind === 'file-refused') return { ...base, kind: 'refused', stopped: true }
  if (kind !== 'run-ended') return null
  return { ...base, kind: 'run', stopped: data['state'] === 'failed' || data['state'] === 'stopped' }
}

export const isTrouble = ({ failed, stopped }: Toast): boolean => failed > 0 || stopped

/** “38 updated, 2 need attention”. */
export function sayToast({ kind, updated, failed, stopped, file }: Toast, words: Words): string {
  if (kind === 'refused') return say(words, 'toast.refused', { file })
  if (stopped) return say(words, 'toast.failed')
  if (failed === 1) return say(words, 'toast.run.attention.one', { updated })
  if (failed > 0) return say(words, 'toast.run.attention', { updated, failed })
  return updated > 0 ? say(words, 'toast.run', { updated }) : say(words, 'toast.run.none')
}
