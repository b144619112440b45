import type { ItemRef } from '../../../shared/item.ts'
import type { ListGroup } from '../../../shared/list-group.ts'
import type { Page } from '../../../shared/pages/page.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { ask, hear } from '../../bridge/page.ts'
import type { FeatureContext } from '../../features/feature.ts'
import type { Book } from '../../ui/book.ts'
import { type OpenDrawer, type OpenPopover, popoverIn } from '../../ui/popover-door.ts'
import type { WithCompany } from './run-features.ts'

export type Details = Pick<FeatureContext, 'details' | 'leaveDetails' | 'drawer' | 'unlink'>

/** Opens popover, drawer and the dialog of an unlink, whose script comes into the page only when one of them is first asked for. */
export function detailsOf(page: Page, words: Words, book: Book, withCompany: WithCompany, signal: AbortSignal): Details {
  let open: OpenPopover | null = null
  let openDrawer: OpenDrawer | null = null
  let wanted = 0
  const close = (): void => {
    wanted += 1
    open?.close()
    open = null
  }
  const details = async (item: ItemRef, beside: Element, focus: boolean): Promise<void> => {
    close()
    const mine = wanted
    const shows = await script()
    if (!shows || mine !== wanted || signal.aborted || !beside.isConnected) return
    open = shows.popover({ item, page, beside, focus, words, book, ask, withCompany, hear })
  }
  const drawer = async (group: ListGroup, back: () => HTMLElement | null): Promise<void> => {
    const shows = await script()
    openDrawer?.close()
    if (shows && !signal.aborted) openDrawer = shows.drawer({ group, page, back, words, ask, withCompany, hear })
  }
  const unlink = async (item: ItemRef, back: HTMLElement): Promise<void> => {
    const shows = await script()
    if (shows && !signal.aborted) shows.unlink({ item, page, back, words, book, ask, withCompany, hear })
  }
  signal.addEventListener('abort', () => {
    close()
    openDrawer?.close()
  })
  return {
    details: (item, beside, focus) => void details(item, beside, focus),
    drawer: (group, back) => void drawer(group, back),
    unlink: (item, back) => void unlink(item, back),
    leaveDetails: () => {
      wanted += 1
      open?.leave()
    },
  }
}

async function script(): Promise<ReturnType<typeof popoverIn>> {
  if (popoverIn(globalThis) === null) await ask('popover', {})
  return popoverIn(globalThis)
}
