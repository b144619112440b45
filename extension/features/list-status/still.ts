const STILL_MS = 80

/**
 * Makes a call that waits until the view rests: nothing new was noticed and nothing scrolled for a moment. So a view costs one request,
 * however many steps led to it.
 */
export function whenStill(act: () => void, signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const again = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      act()
    }, STILL_MS)
  }
  const scrolled = (): void => {
    if (timer !== undefined) again()
  }
  document.addEventListener('scroll', scrolled, { capture: true, passive: true, signal })
  signal.addEventListener('abort', () => clearTimeout(timer))
  return again
}
