import { generous } from '../procore/options.ts'
import type { StandIn } from '../procore/stand-in.ts'

/**
 * Procore names the nearer limit alone (procore-api.md 3). Here it names both in turn: an agent that makes hundreds of calls in its first
 * ten seconds, or is started again and again, would else plan with the example limits, 600 an hour or 25 in 10 s, until it happens to hear of each.
 */
export function nameBothLimits({ onRequest, rate }: StandIn): void {
  const far = 1e12
  let hourly = false
  onRequest((at) => {
    if (at !== 'received') return
    hourly = !hourly
    rate.limits = hourly ? { ...generous, spike: far } : { ...generous, hourly: far }
  })
}
