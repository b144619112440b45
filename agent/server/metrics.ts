/** Numbers for monitoring. What counts them is loaded when somebody looks, or enough was answered: an agent at rest has nothing to count. */
import { once } from '../../shared/once.ts'
import type { Agent } from './agent.ts'
import type { Text } from './call.ts'
import type { Counted } from './counted.ts'

export type Metrics = { onAnswer(route: string, status: number, ms: number): void; text(): Promise<Text> }

type Answered = { route: string; status: number; ms: number }

/** So many answers wait to be counted; each is. */
const waitingMost = 200

export function createMetrics(agent: Pick<Agent, 'reader'>): Metrics {
  const waiting: Answered[] = []
  let counted: Counted | undefined
  const load = once(async () => {
    const { createCounted } = await import('./counted.ts')
    counted = createCounted(agent)
    for (const answer of waiting.splice(0)) counted.onAnswer(answer)
    return counted
  })
  return {
    onAnswer(route, status, ms) {
      if (counted) return counted.onAnswer({ route, status, ms })
      waiting.push({ route, status, ms })
      if (waiting.length === waitingMost) void load()
    },
    text: async () => (await load()).text(),
  }
}
