/** Change orders of a world of corpus.ts: what has to come out is told from the books they leave and whose job closes, never from the ledger. */
import fc from 'fast-check'
import { type Books, exportOf } from '../../flow/books.ts'
import type { RunningAgent } from '../../support/start-agent.ts'
import type { Came, Outcome } from './corpus.ts'

/** A linked change order: whether it leaves the books, and whether the job of its commitment is closed by the time it is asked for. */
export type Order = { key: string; record: number; item: number; job: string | undefined; leaves: boolean; closed: boolean }

/** What its forecast has to say, and how asking for it without a reason has to end. */
function wantedOf({ leaves, closed }: Order) {
  if (!leaves) return { kind: 'refused', end: 'refused', carries: 'ours' }
  return closed ? { kind: 'left-with-job', end: 'refused', carries: 'ours' } : { kind: 'ready', end: 'unlinked', carries: 'none' }
}

const keyOf = (row: Record<string, string>): string => `${row['Commitment']}|${row['Commitment_CO']}`

/** About every second change order leaves the books; which, and of which the job is closed afterwards, the seed says. */
export async function leaveOrders(agent: RunningAgent, erp: Books, seed: number, slow: { withinMs: number }): Promise<Order[]> {
  const linked = agent.ledger.links('commitment-cos').filter(({ item, state }) => item !== null && state === 'synced')
  const made = fc.sample(fc.record({ leaves: fc.boolean(), closed: fc.boolean() }), { seed, numRuns: linked.length })
  const commitments = new Map(erp.JCM_MASTER__COMMITMENT_CO.map((row) => [keyOf(row), row['Commitment']]))
  const jobs = new Map(erp.JCM_MASTER__COMMITMENT.map((row) => [row['Commitment'], row['Job']]))
  const orders = linked.map(({ key, record, item }, n) => ({
    ...{ key, record, item: Number(item), job: jobs.get(commitments.get(key)) },
    ...(made[n] as Pick<Order, 'leaves' | 'closed'>),
  }))
  const gone = new Set(orders.flatMap(({ key, leaves }) => (leaves ? [key] : [])))
  const kept = erp.JCM_MASTER__COMMITMENT_CO.filter((row) => !gone.has(keyOf(row)))
  await agent.export(exportOf(erp, 'commitment-cos', kept), 'commitment-cos', true)
  await agent.atRest(slow)
  return orders
}

export function judgeOrders(outcome: Outcome, orders: readonly Order[], { forecasts, ends, standIn }: Came): void {
  for (const [n, one] of orders.entries()) {
    const { kind = 'none', code } = forecasts.get(one.record) ?? {}
    const carries = standIn.company.table('change_order_packages').get(one.item)?.origin_id ? 'ours' : 'none'
    const came = { kind, end: ends[n]?.end ?? 'none', carries }
    outcome.orders[kind] = (outcome.orders[kind] ?? 0) + 1
    const wanted = wantedOf(one)
    if (JSON.stringify(came) !== JSON.stringify(wanted)) outcome.wrong.push(JSON.stringify({ ...one, code, came, wanted }))
  }
}
