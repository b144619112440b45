import type { ItemRef } from '../../../shared/item.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { ask } from '../../bridge/page.ts'
import type { Book } from '../../ui/book.ts'
import { type OpenPopover, popoverIn } from '../../ui/popover-door.ts'
import type { WithCompany } from './run-features.ts'

type Details = { details: (item: ItemRef, beside: Element, focus: boolean) => void; leaveDetails: () => void }

/** Opens the popover, whose script comes into the page only when it is first asked for. */
export function detailsOf(words: Words, book: Book, withCompany: WithCompany, signal: AbortSignal): Details {
  let open: OpenPopover | null = null
  let wanted = 0
  const close = (): void => {
    wanted += 1
    open?.close()
    open = null
  }
  const details = async (item: ItemRef, beside: Element, focus: boolean): Promise<void> => {
    close()
    const mine = wanted
    const show = popoverIn(globalThis) ?? (await fetched())
    if (!show || mine !== wanted || signal.aborted || !beside.isConnected) return
    open = show({ item, beside, focus, words, book, ask, withCompany })
  }
  signal.addEventListener('abort', close)
  return {
    details: (item, beside, focus) => void details(item, beside, focus),
    leaveDetails: () => {
      wanted += 1
      open?.leave()
    },
  }
}

async function fetched(): Promise<ReturnType<typeof popoverIn>> {
  await ask('popover', {})
  return popoverIn(globalThis)
}
