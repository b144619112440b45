/**
 * Makes a call that waits until the view rests: for a moment the call was not made again and nothing new was drawn (`newest` stayed). So a view costs
 * one request, however many frames it took to draw. It looks from timers alone and listens to nothing: a frame in which the page draws its grid
 * is long enough without us.
 */
export function whenStill(act: () => void, newest: () => unknown, stillMs: number, signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let calledMs = 0
  let seen: unknown
  const look = (): void => {
    const now = newest()
    const leftMs = now === seen ? calledMs + stillMs - performance.now() : stillMs
    seen = now
    timer = leftMs > 1 ? setTimeout(look, leftMs) : undefined // browsers keep time to the millisecond
    if (timer === undefined) act()
  }
  signal.addEventListener('abort', () => clearTimeout(timer))
  return () => {
    calledMs = performance.now()
    if (timer !== undefined || signal.aborted) return
    seen = newest()
    timer = setTimeout(look, stillMs)
  }
}
