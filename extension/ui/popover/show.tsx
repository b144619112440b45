import { render } from 'preact'
import pieces from '../../../shared/ui/pieces.css?inline'
import tokens from '../../../shared/ui/tokens.css?inline'
import { dialogs } from '../dialog/tags.ts'
import type { OpenPopover, PopoverRequest } from '../popover-door.ts'
import { keepBeside } from './place.ts'
import own from './popover.css?inline'
import { Popover } from './popover.tsx'

const LEAVE_MS = 300

/**
 * Shows the one popover of the page, in a shadow root at the end of the body: outside Procore's live region, untouched by its styles.
 * Esc, a click elsewhere, or (when it was opened by hovering) leaving closes it; focus goes back where it came from.
 */
export function show(request: PopoverRequest): OpenPopover {
  const ended = new AbortController()
  const before = document.activeElement
  const host = document.createElement('tieback-popover')
  host.setAttribute('aria-live', 'off')
  const root = host.attachShadow({ mode: 'open' })
  const style = document.createElement('style')
  style.textContent = tokens + pieces + own
  const box = document.createElement('div')
  root.append(style, box)
  document.body.append(host)

  const close = (): void => {
    if (ended.signal.aborted) return
    const hadFocus = document.activeElement === host
    ended.abort()
    render(null, box)
    host.remove()
    if (hadFocus || request.focus) focusBack(request.beside, before)
  }
  render(<Popover request={request} close={close} signal={ended.signal} />, box)
  keepBeside(host, request.beside, ended.signal)
  closeOnEscape(close, ended.signal)
  const { leave, stay } = leaving(host, close, ended.signal)
  if (request.focus) {
    stay()
    root.querySelector<HTMLElement>('[data-first]')?.focus({ preventScroll: true })
  }
  document.addEventListener('pointerdown', (event) => outside(event, host, request.beside) && close(), {
    capture: true,
    signal: ended.signal,
  })
  return { close, leave }
}

const outside = ({ target }: Event, host: Element, beside: Element): boolean =>
  target !== host && !(target instanceof Element && (beside.contains(target) || target.matches(dialogs)))

function closeOnEscape(close: () => void, signal: AbortSignal): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || document.querySelector(dialogs)) return // one at a time: the dialog closes first
    event.stopPropagation()
    close()
  }
  document.addEventListener('keydown', onKey, { capture: true, signal })
}

/** Opened by hovering, it goes a moment after the pointer left both row and popover; any press or key inside makes it stay. */
function leaving(host: HTMLElement, close: () => void, signal: AbortSignal): { leave(): void; stay(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stays = false
  const cancel = (): void => clearTimeout(timer)
  const stay = (): void => {
    stays = true
    cancel()
  }
  const leave = (): void => {
    cancel()
    if (!stays) timer = setTimeout(close, LEAVE_MS)
  }
  host.addEventListener('pointerenter', cancel, { signal })
  host.addEventListener('pointerleave', leave, { signal })
  for (const name of ['pointerdown', 'keydown', 'focusin']) host.addEventListener(name, stay, { signal })
  signal.addEventListener('abort', cancel)
  return { leave, stay }
}

/** To the badge where it is a button, else to what had the focus: a grid's cell keeps its place. */
function focusBack(beside: Element, before: Element | null): void {
  const button = beside.querySelector('button') ?? before
  if (button instanceof HTMLElement && button.isConnected) button.focus({ preventScroll: true })
}
