import { render } from 'preact'
import pieces from '../../../shared/ui/pieces.css?inline'
import tokens from '../../../shared/ui/tokens.css?inline'
import { dialogs } from '../dialog/tags.ts'
import type { DrawerRequest, OpenDrawer } from '../popover-door.ts'
import own from './drawer.css?inline'
import { Drawer } from './drawer.tsx'

/** Shows the one drawer of the page, at its right edge and in a shadow root. Esc or its button closes it; the keyboard goes back to where it came from. */
export function showDrawer(request: DrawerRequest): OpenDrawer {
  const ended = new AbortController()
  const host = document.createElement('tieback-drawer')
  host.setAttribute('aria-live', 'off')
  const root = host.attachShadow({ mode: 'open' })
  const style = document.createElement('style')
  style.textContent = tokens + pieces + own
  const box = document.createElement('div')
  root.append(style, box)
  document.body.append(host)

  const close = (): void => {
    if (ended.signal.aborted) return
    const hadFocus = document.activeElement === host || document.activeElement === document.body
    ended.abort()
    render(null, box)
    host.remove()
    if (hadFocus) request.back()?.focus({ preventScroll: true })
  }
  render(<Drawer request={request} close={close} signal={ended.signal} />, box)
  root.querySelector<HTMLElement>('[data-first]')?.focus({ preventScroll: true })
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || document.querySelector(`tieback-popover, ${dialogs}`)) return // one at a time: what lies above closes first
    event.stopPropagation()
    close()
  }
  document.addEventListener('keydown', onKey, { capture: true, signal: ended.signal })
  return { close }
}
