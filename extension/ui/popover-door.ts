import type { ItemRef } from '../../shared/item.ts'
import type { ListGroup } from '../../shared/list-group.ts'
import type { Page } from '../../shared/pages/page.ts'
import type { Words } from '../../shared/words/languages.ts'
import type { Ask, News } from '../bridge/calls.ts'
import type { Book } from './book.ts'

type Hear = (listen: (news: News) => void, signal: AbortSignal) => void
type WithCompany = <T>(call: (company: string | null) => Promise<T>) => Promise<T>

/** How the page's script reaches the popover's, which the background puts into the same isolated world on first use. */
export type PopoverRequest = {
  item: ItemRef
  /** The page it was asked on. */
  page: Page
  beside: Element
  /** Moves the keyboard into the popover; else it is only shown and goes when the pointer leaves. */
  focus: boolean
  words: Words
  book: Book
  ask: Ask
  withCompany: WithCompany
  hear: Hear
}
/** Asks before an item is unlinked. */
export type UnlinkRequest = {
  item: ItemRef
  page: Page
  words: Words
  book: Book
  ask: Ask
  withCompany: WithCompany
  hear: Hear
  /** Where the keyboard goes when it closes. */
  back: HTMLElement
}
/** Asks before all that is ready in the page's list is unlinked. */
export type UnlinkManyRequest = Pick<UnlinkRequest, 'page' | 'words' | 'ask' | 'withCompany' | 'back'>

/** Asks before all that is certain in the page's list is tied. */
export type TiesRequest = UnlinkManyRequest

export type OpenPopover = { close(): void; leave(): void }

/** The drawer lists one group of the page's list. */
export type DrawerRequest = {
  page: Page
  group: ListGroup
  words: Words
  ask: Ask
  withCompany: WithCompany
  hear: Hear
  /** Where the keyboard goes when the drawer closes. */
  back: () => HTMLElement | null
}
export type OpenDrawer = { close(): void }

type Shows = {
  popover: (request: PopoverRequest) => OpenPopover
  drawer: (request: DrawerRequest) => OpenDrawer
  unlink: (request: UnlinkRequest) => void
}

const DOOR = Symbol.for('tieback.popover')

/** Read by the page's script. */
export const popoverIn = (world: object): Shows | null => (Reflect.get(world, DOOR) as Shows | undefined) ?? null

/** Set by the popover's script. */
export const offerPopover = (world: object, shows: Shows): void => void Reflect.set(world, DOOR, shows)
