import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { isMeant } from './meant.ts'

/** `asks`: a question stands; `waits`: for an answer of the agent. */
type Stand = { asks: boolean; waits: boolean; busy: (is: boolean) => void }
type Asking = {
  /** For the button that leaves: the keyboard is there as the dialog opens, and once the button that was pressed is gone. */
  leave: RefObject<HTMLButtonElement | null>
  /** Whether an event answers what stands there now. */
  isMeant: (event: Event) => boolean
}

/** Whenever something of `changes` does, a new question stands there: what was meant for the one before does not answer it. */
export function useAsking({ asks, waits, busy }: Stand, changes: readonly unknown[]): Asking {
  const since = useRef(Number.POSITIVE_INFINITY)
  const leave = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    since.current = performance.now()
    busy(waits)
    if (!asks) leave.current?.focus()
  }, changes)
  return { leave, isMeant: (event) => isMeant(event, since.current) }
}
