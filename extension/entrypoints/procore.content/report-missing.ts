import type { Page } from '../../../shared/pages/page.ts'
import type { Ask } from '../../bridge/calls.ts'
import type { Feature } from '../../features/feature.ts'

/** Public programs that drive Procore's pages wait up to 30 s for a selector (March 2026); later than that it is missing, not late. */
const PATIENCE_MS = 30_000

/** Tells the background when a page never showed the place a feature attaches to. Answers a call that says it arrived. */
export function reportMissing(feature: Feature, page: Page, ask: Ask, signal: AbortSignal): () => void {
  const anchor = typeof feature.anchor === 'function' ? feature.anchor(page) : feature.anchor
  if (anchor === null) return () => undefined
  const tell = (): void => {
    if (!feature.isEmpty?.(page)) void ask('missing', { feature: feature.id, anchor, kind: page.kind })
  }
  const timer = setTimeout(tell, PATIENCE_MS)
  let waiting = true
  const arrived = (): void => {
    if (waiting) clearTimeout(timer)
    waiting = false
  }
  signal.addEventListener('abort', arrived)
  return arrived
}
