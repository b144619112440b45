import { render } from 'preact'
import pieces from '../../../shared/ui/pieces.css?inline'
import tokens from '../../../shared/ui/tokens.css?inline'
import type { UnlinkRequest } from '../popover-door.ts'
import { Confirm } from './confirm.tsx'
import own from './unlink.css?inline'

let open: (() => void) | null = null

/**
 * The one dialog that asks before anything is unlinked: modal, in a closed shadow root, which the page’s own scripts cannot reach into. Esc
 * closes it; the keyboard goes back where it came from.
 */
export function showUnlink(request: UnlinkRequest): void {
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
    if (request.back.isConnected) request.back.focus({ preventScroll: true })
  }
  open = close
  dialog.addEventListener('close', close)
  // Procore’s pages listen to keys of the whole document.
  dialog.addEventListener('keydown', (event) => event.stopPropagation())
  dialog.showModal() // first: what is not shown takes no focus
  render(
    <Confirm request={request} close={close} busy={(is) => host.setAttribute('aria-busy', String(is))} signal={ended.signal} />,
    dialog,
  )
}
