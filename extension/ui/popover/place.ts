const GAP = 6
const EDGE = 8
/** Below Procore's modals, above its page (layers seen 2026-06: overlays start at 9999). */
const LAYER = '9990'

export type Box = { top: number; bottom: number; left: number; right: number }

/**
 * Where the popover goes: under its badge, above it where there is no room, else beside it, and over it only in a view too small for anything else;
 * always inside the view. Pure; pixels of the view.
 */
export function placeOf(
  badge: Box,
  size: { width: number; height: number },
  view: { width: number; height: number },
): { left: number; top: number } {
  const clamp = (at: number, length: number, room: number): number => Math.max(EDGE, Math.min(at, room - length - EDGE))
  const left = clamp(badge.left, size.width, view.width)
  const below = badge.bottom + GAP
  const above = badge.top - GAP - size.height
  if (below + size.height <= view.height - EDGE) return { left, top: below }
  if (above >= EDGE) return { left, top: above }
  const top = clamp(below, size.height, view.height)
  if (badge.right + GAP + size.width <= view.width - EDGE) return { left: badge.right + GAP, top }
  if (badge.left - GAP - size.width >= EDGE) return { left: badge.left - GAP - size.width, top }
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
