import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Agent } from './agent.ts'
import { Text } from './call.ts'

export type Counted = { onAnswer(answer: { route: string; status: number; ms: number }): void; text(): Promise<Text> }

/** Numbers for monitoring: answers by route and status, their time, open problems, and the process's own. */
export function createCounted({ reader: { raw } }: Pick<Agent, 'reader'>): Counted {
  const registry = new Registry()
  const answers = new Counter({
    name: 'tieback_answers_total',
    help: 'Answers by route and status',
    labelNames: ['route', 'status'],
    registers: [registry],
  })
  const time = new Histogram({
    name: 'tieback_answer_seconds',
    help: 'Time to answer, by route',
    labelNames: ['route'],
    buckets: [0.002, 0.005, 0.015, 0.05, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  const count = (sql: string) => Number(raw.prepare(sql).get()?.['n'] ?? 0)
  gauge(registry, 'tieback_problems_open', 'Open problems', () =>
    count('SELECT coalesce(sum(count), 0) AS n FROM problems WHERE closed_at IS NULL'),
  )
  gauge(registry, 'tieback_outbox_waiting', 'Changes not yet confirmed', () => count('SELECT count(*) AS n FROM outbox WHERE state <> 5'))
  gauge(registry, 'tieback_last_event', 'Number of the last event', () => count('SELECT max(n) AS n FROM events'))
  return {
    onAnswer({ route, status, ms }) {
      answers.inc({ route, status })
      time.observe({ route }, ms / 1000)
    },
    async text() {
      if (!registry.getSingleMetric('process_cpu_seconds_total')) collectDefaultMetrics(ofProcess(registry))
      return new Text(await registry.metrics(), registry.contentType)
    },
  }
}

/** The process's own numbers watch each turn of the event loop, which costs at rest too: from the first look on. */
const ofProcess = (register: Registry) => ({ register, eventLoopMonitoringPrecision: 250 })

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  const made: Gauge = new Gauge({ name, help, registers: [registry], collect: () => made.set(read()) })
}
