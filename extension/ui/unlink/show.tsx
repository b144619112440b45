import { type ComponentChild, render } from 'preact'
import pieces from '../../../shared/ui/pieces.css?inline'
import tokens from '../../../shared/ui/tokens.css?inline'
import type { UnlinkManyRequest, UnlinkRequest } from '../popover-door.ts'
import { Confirm } from './confirm.tsx'
import { Many } from './many.tsx'
import own from './unlink.css?inline'

export const showUnlink = (request: UnlinkRequest): void => openDialog(request.back, (parts) => <Confirm request={request} {...parts} />)
export const showUnlinkMany = (request: UnlinkManyRequest): void =>
  openDialog(request.back, (parts) => <Many request={request} {...parts} />)

/** `busy` is told whether the dialog waits for something, for those who cannot see into it. */
export type DialogParts = { close: () => void; busy: (is: boolean) => void; signal: AbortSignal }

let open: (() => void) | null = null

/**
 * The one dialog that asks before anything is unlinked: modal, in a closed shadow root, which the page’s own scripts cannot reach into. Esc
 * closes it; the keyboard goes back where it came from.
 */
function openDialog(back: HTMLElement, content: (parts: DialogParts) => ComponentChild): void {
  open?.()
  const ended = new AbortController()
  const host = document.createElement('tieback-unlink')
  host.setAttribute('aria-live', 'off')
  const root = host.attachShadow({ mode: 'closed' })
  const style = document.createElement('style')
  style.textContent = tokens + pieces + own
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
