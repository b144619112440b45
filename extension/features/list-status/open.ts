import type { Page } from '../../../shared/pages/page.ts'
import type { FeatureContext } from '../feature.ts'
import { type Listed, plainRow, rowAt } from './cells.ts'

type Rows = ReadonlyMap<string, Listed>

const REST_MS = 300
/** A record's badge; where several rows name the same record, that of the row an element is in. */
function badgeOf({ key }: Listed, within: EventTarget | null): Element | null {
  const plain = within instanceof Element ? plainRow(within) : null
  return (plain ?? document).querySelector(`.tieback-list-status[data-key="${CSS.escape(key)}"]`)
}
const rowOf = (page: Page, target: EventTarget | null): string | null => (target instanceof Element ? rowAt(page, target) : null)

/**
 * Opens details of a row the pointer rests on. Only where the badge itself takes no pointer because its cell has an action of its own;
 * where the badge is a button, a click opens them.
 */
export function openByRest({ page, details, leaveDetails, signal }: FeatureContext, rows: Rows): void {
  let resting: string | null = null
  let within: Element | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const open = (row: string, at: PointerEvent): void => {
    const listed = rows.get(row)
    const there = document.elementFromPoint(at.clientX, at.clientY)
    const badge = listed && badgeOf(listed, there)
    if (rowOf(page, there) !== row) return // scrolled away under the pointer
    if (listed && badge?.matches('[data-stand$="-end"]')) details(listed.item, badge, false)
  }
  const over = (event: PointerEvent): void => {
    const { target } = event
    const row = rowOf(page, target)
    const plain = target instanceof Element ? plainRow(target) : null
    if (target instanceof HTMLElement && target.matches('button.tieback-pill')) target.title = target.ariaLabel ?? ''
    if (row === resting && plain === within) return
    resting = row
    within = plain
    clearTimeout(timer)
    leaveDetails()
    if (row && rows.has(row)) timer = setTimeout(() => open(row, event), REST_MS)
  }
  const still = (): void => clearTimeout(timer)
  document.addEventListener('pointerover', over, { passive: true, signal })
  document.addEventListener('pointerdown', still, { capture: true, passive: true, signal })
  signal.addEventListener('abort', still)
}

/** Alt+T opens the focused row; a click or key on a badge that is a button opens its own and keeps the grid's keys away. */
export function openByKeyboard({ page, details, signal }: FeatureContext, rows: Rows): void {
  const open = (at: EventTarget | null, event: Event): void => {
    const listed = rows.get(rowOf(page, at) ?? '')
    const badge = listed && badgeOf(listed, at)
    if (!listed || !badge) return
    event.preventDefault()
    event.stopPropagation()
    details(listed.item, badge, true)
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.code === 'KeyT' && event.altKey && !event.ctrlKey && !event.metaKey) open(document.activeElement, event)
    else if (ourButton(event) && ['Enter', ' '].includes(event.key)) open(event.target, event)
  }
  const onClick = (event: MouseEvent): void => {
    if (ourButton(event)) open(event.target, event)
  }
  const keep = (event: Event): void => {
    if (ourButton(event)) event.stopPropagation()
  }
  document.addEventListener('keydown', onKey, { capture: true, signal })
  document.addEventListener('click', onClick, { capture: true, signal })
  for (const name of ['mousedown', 'dblclick', 'contextmenu']) document.addEventListener(name, keep, { capture: true, signal })
}

const ourButton = ({ target }: Event): boolean => target instanceof Element && target.closest('button.tieback-pill') !== null
