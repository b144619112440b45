/** What Tieback adds to a page: one folder each, one shape. The id is folder, CSS prefix, log name and setting at once. */
import type { ItemRef } from '../../shared/item.ts'
import type { ListGroup } from '../../shared/list-group.ts'
import type { Page } from '../../shared/pages/page.ts'
import type { Words } from '../../shared/words/languages.ts'
import type { Ask, News, Welcome } from '../bridge/calls.ts'
import type { AnchorName } from '../pages/anchors.ts'
import type { Book } from '../ui/book.ts'

type PageKind = Page['kind']

export type FeatureContext = {
  page: Page
  words: Words
  welcome: Welcome
  ask: Ask
  /** Calls with the page's company, as far as its address or its header names one. */
  withCompany: <T>(call: (company: string | null) => Promise<T>) => Promise<T>
  /** What is known about items, shared by all features of the page. */
  book: Book
  /** Hears the background's news while the page lasts. */
  hear: (listen: (news: News) => void) => void
  /** Each element of the feature's anchor as it appears, again whenever the page replaced it. */
  seen: (listen: (element: Element) => void) => void
  /** Opens the details of one item beside an element; `focus` moves the keyboard there too. */
  details: (item: ItemRef, beside: Element, focus: boolean) => void
  /** Opens the dialog that asks before the item is unlinked; `back` is where the keyboard goes when it closes. */
  unlink: (item: ItemRef, back: HTMLElement) => void
  /** Closes details that were opened by hovering, if they still are. */
  leaveDetails: () => void
  /** Lists one group of the page's list in a drawer; `back` is where the keyboard goes when it closes. */
  drawer: (group: ListGroup, back: () => HTMLElement | null) => void
  /** Ends with the page: everything a feature starts, takes it. */
  signal: AbortSignal
}

export type Feature = {
  id: string
  pages: readonly PageKind[] | 'all'
  /** Places whose absence is reported; null for a feature that needs none. */
  anchor: AnchorName | null | ((page: Page) => AnchorName)
  /** Whether a page rightly lacks that place: a list without rows. */
  isEmpty?: (page: Page) => boolean
  start: (context: FeatureContext) => void
}

export const defineFeature = (feature: Feature): Feature => feature
