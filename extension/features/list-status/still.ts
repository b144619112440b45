const STILL_MS = 120
const BUSY_MS = 400

/**
 * Makes a call that waits until the view rests: for a moment nothing new was noticed, nothing scrolled, and the page drew a frame and had time to spare. So a view
 * costs one request, however many frames it took to draw. Scrolling only notes the time: it happens with every frame.
 */
export function whenStill(act: () => void, signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastMs = 0
  const scrolled = ({ timeStamp }: Event): void => {
    lastMs = timeStamp
  }
  const look = (): void => {
    const leftMs = lastMs + STILL_MS - performance.now()
    timer = leftMs > 0 ? setTimeout(idle, leftMs) : undefined
    if (timer === undefined && !signal.aborted) act()
  }
  const idle = (): void => void requestAnimationFrame(() => requestIdleCallback(look, { timeout: BUSY_MS }))
  document.addEventListener('scroll', scrolled, { capture: true, passive: true, signal })
  signal.addEventListener('abort', () => clearTimeout(timer))
  return () => {
    lastMs = performance.now()
    timer ??= setTimeout(idle, STILL_MS)
  }
}
