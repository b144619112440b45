const STILL_MS = 120

/**
 * Makes a call that waits until the view rests: for a moment nothing new was noticed and nothing scrolled, and the frame after that brought nothing
 * either. So a view costs one request, however many frames it took to draw. Scrolling only notes the time: it happens with every frame.
 */
export function whenStill(act: () => void, busy: () => boolean, signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastMs = 0
  const leftMs = (): number => lastMs + STILL_MS - performance.now()
  const look = (): void => {
    const left = leftMs()
    if (left > 0) timer = setTimeout(look, left)
    else requestAnimationFrame(afterFrame)
  }
  const afterFrame = (): void => {
    if (signal.aborted) return
    const left = busy() ? STILL_MS : leftMs()
    timer = left > 0 ? setTimeout(look, left) : undefined
    if (timer === undefined) act()
  }
  const scrolled = ({ timeStamp }: Event): void => {
    lastMs = timeStamp
  }
  document.addEventListener('scroll', scrolled, { capture: true, passive: true, signal })
  signal.addEventListener('abort', () => clearTimeout(timer))
  return () => {
    lastMs = performance.now()
    timer ??= setTimeout(look, STILL_MS)
  }
}
