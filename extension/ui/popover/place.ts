const GAP = 6
const EDGE = 8
/** Below Procore's modals, above its page (layers seen 2026-06: overlays start at 9999). */
const LAYER = '9990'

export type Box = { top: number; bottom: number; left: number; right: number }

/** Where the popover goes: under its badge, above where there is no room, always inside the view. Pure; pixels of the view. */
export function placeOf(
  badge: Box,
  size: { width: number; height: number },
  view: { width: number; height: number },
): { left: number; top: number } {
  const left = Math.max(EDGE, Math.min(badge.left, view.width - size.width - EDGE))
  const below = badge.bottom + GAP
  const above = badge.top - GAP - size.height
  const fitsBelow = below + size.height <= view.height - EDGE
  const top = fitsBelow || above < EDGE ? Math.max(EDGE, Math.min(below, view.height - size.height - EDGE)) : above
  return { left, top }
}

/** Keeps the popover at its badge through scrolling, resizing and its own growing. */
export function keepBeside(host: HTMLElement, beside: Element, signal: AbortSignal): void {
  const anchor = (): Element => beside.querySelector('.tieback-pill') ?? beside
  Object.assign(host.style, { position: 'fixed', zIndex: LAYER, margin: '0', display: 'block' })
  const move = (): void => {
    if (!beside.isConnected) return
    const view = { width: document.documentElement.clientWidth, height: window.innerHeight }
    const { left, top } = placeOf(anchor().getBoundingClientRect(), host.getBoundingClientRect(), view)
    Object.assign(host.style, { left: `${left}px`, top: `${top}px` })
  }
  let waiting = false
  const soon = (): void => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      move()
    })
  }
  move()
  const grown = new ResizeObserver(soon)
  grown.observe(host)
  signal.addEventListener('abort', () => grown.disconnect())
  addEventListener('scroll', soon, { capture: true, passive: true, signal })
  addEventListener('resize', soon, { passive: true, signal })
}
