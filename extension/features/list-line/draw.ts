import type { ListGroup } from '../../../shared/list-group.ts'
import type { ListView } from '../../bridge/calls.ts'

const ROOM = '--tieback-list-line'
const ONE_ROW_PX = 32

/** An empty line for a list: as wide as the list, and the list leaves as much room as the line needs, on however many rows of text. */
export function makeLine(list: Element, signal: AbortSignal): HTMLElement {
  const line = document.createElement('div')
  line.className = 'tieback-list-line'
  line.setAttribute('role', 'group')
  line.setAttribute('aria-live', 'off') // Procore's content area announces what is put into it
  // From the sizes that come along: asking for them would lay out the whole page once more.
  const sized = new ResizeObserver((entries) => {
    if (!line.isConnected) return sized.disconnect()
    for (const { target, borderBoxSize } of entries)
      if (target === line) leaveRoom(borderBoxSize[0]?.blockSize ?? 0)
      else line.style.maxWidth = `${borderBoxSize[0]?.inlineSize ?? 0}px`
  })
  sized.observe(list)
  sized.observe(line)
  signal.addEventListener('abort', () => sized.disconnect())
  return line
}

let room = ONE_ROW_PX

/** The style sheet's own room is one row of text: said only where it is another, for it makes the browser style the page anew. */
export function leaveRoom(px = ONE_ROW_PX): void {
  if (px === room) return
  room = px
  document.documentElement.style.setProperty(ROOM, `${px}px`)
}

/** Draws what a line says into it; the keyboard stays on the part it was on. */
export function fillLine(line: HTMLElement, { parts, asOf, says, region }: ListView, open: (group: ListGroup) => void): void {
  const text = JSON.stringify([parts, asOf, says])
  if (line.dataset['says'] === text) return
  line.dataset['says'] = text
  line.setAttribute('aria-label', region)
  const focused = document.activeElement instanceof HTMLElement && line.contains(document.activeElement) ? document.activeElement : null
  const time = Object.assign(document.createElement('span'), { textContent: asOf, title: says })
  line.replaceChildren(...(parts ?? []).flatMap((part) => [partOf(part, open), dot()]), time)
  const group = focused?.dataset['group']
  if (group) (buttonOf(line, group) ?? line.querySelector('button'))?.focus({ preventScroll: true })
}

export const buttonOf = (line: HTMLElement | null, group: string): HTMLElement | null =>
  line?.querySelector<HTMLElement>(`[data-group="${group}"]`) ?? null

function partOf({ group, text }: { group: ListGroup; text: string }, open: (group: ListGroup) => void): HTMLElement {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: text })
  button.dataset['group'] = group
  button.setAttribute('aria-haspopup', 'dialog')
  button.addEventListener('click', () => open(group))
  return button
}

function dot(): HTMLElement {
  const dot = Object.assign(document.createElement('span'), { textContent: '·' })
  dot.setAttribute('aria-hidden', 'true')
  return dot
}
