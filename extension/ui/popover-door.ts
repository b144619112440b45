import type { ItemRef } from '../../shared/item.ts'
import type { Words } from '../../shared/words/languages.ts'
import type { Ask } from '../bridge/calls.ts'
import type { Book } from './book.ts'

/** How the page's script reaches the popover's, which the background puts into the same isolated world on first use. */
export type PopoverRequest = {
  item: ItemRef
  beside: Element
  /** Moves the keyboard into the popover; else it is only shown and goes when the pointer leaves. */
  focus: boolean
  words: Words
  book: Book
  ask: Ask
  withCompany: <T>(call: (company: string | null) => Promise<T>) => Promise<T>
}
export type OpenPopover = { close(): void; leave(): void }
export type ShowPopover = (request: PopoverRequest) => OpenPopover

const DOOR = Symbol.for('tieback.popover')

/** Read by the page's script. */
export const popoverIn = (world: object): ShowPopover | null => {
  const found: unknown = Reflect.get(world, DOOR)
  return typeof found === 'function' ? (found as ShowPopover) : null
}

/** Set by the popover's script. */
export const offerPopover = (world: object, show: ShowPopover): void => void Reflect.set(world, DOOR, show)
