import { useEffect } from 'preact/hooks'

/** Rate and time left move although nothing is told: asked again so often while something is under way. */
const everyMs = 5_000

export function useTurns(state: string | undefined, ask: () => void): void {
  useEffect(() => {
    if (state !== 'reading' && state !== 'running') return
    const timer = setInterval(ask, everyMs)
    return () => clearInterval(timer)
  }, [state])
}
