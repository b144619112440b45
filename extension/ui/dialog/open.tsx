import { type ComponentChild, render } from 'preact'
import pieces from '../../../shared/ui/pieces.css?inline'
import tokens from '../../../shared/ui/tokens.css?inline'
import base from './dialog.css?inline'
import type { DialogTag } from './tags.ts'

/** `busy` is told whether the dialog waits for something, for those who cannot see into it. */
export type DialogParts = { close: () => void; busy: (is: boolean) => void; signal: AbortSignal }

/** `tag`: which dialog it is; `css`: what it draws beyond the common. `back`: where the keyboard goes when it closes. */
type Dialog = { tag: DialogTag; css: string; back: HTMLElement; content: (parts: DialogParts) => ComponentChild }

let open: (() => void) | null = null

/**
 * The one dialog that asks before anything is done: modal, in a closed shadow root, which the page’s own scripts cannot reach into. Esc closes it;
 * the keyboard goes back where it came from.
 */
export function openDialog({ tag, css, back, content }: Dialog): void {
  open?.()
  const ended = new AbortController()
  const host = document.createElement(tag)
  host.setAttribute('aria-live', 'off')
  const root = host.attachShadow({ mode: 'closed' })
  const style = document.createElement('style')
  style.textContent = tokens + pieces + base + css
  const dialog = document.createElement('dialog')
  dialog.className = 'tb'
  dialog.setAttribute('aria-labelledby', 'title')
  root.append(style, dialog)
  document.body.append(host)

  const close = (): void => {
    if (ended.signal.aborted) return
    ended.abort()
    open = null
    render(null, dialog)
    host.remove()
    if (back.isConnected) back.focus({ preventScroll: true })
  }
  open = close
  dialog.addEventListener('close', close)
  // Procore’s pages listen to keys of the whole document.
  dialog.addEventListener('keydown', (event) => event.stopPropagation())
  dialog.showModal() // first: what is not shown takes no focus
  const busy = (is: boolean): void => host.setAttribute('aria-busy', String(is))
  render(content({ close, busy, signal: ended.signal }), dialog)
}
