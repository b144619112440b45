// A few records of every kind that is written, and an agent's home to take them to: for days on which something goes wrong.
import { expect } from 'vitest'
import { setUpAgent } from '../support/set-up-agent.ts'
import type { RunningAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { books, exportOf } from './books.ts'

export const erp = books()
const fresh = new Set(erp.business.vendors.filter(({ where }) => where === 'erp').map(({ code }) => code))
/** Vendors Procore does not know yet. */
export const newVendors = erp.APM_MASTER__VENDOR.filter((row) => fresh.has(row['Vendor'] ?? ''))
export const vendors = (count: number) => exportOf(erp, 'vendors', newVendors.slice(0, count))
export const jobs = exportOf(erp, 'jobs', erp.JCM_MASTER__JOB)
export const oneJob = exportOf(erp, 'jobs', erp.JCM_MASTER__JOB.slice(0, 1))

export function costs(count: number, job = '24-1001') {
  const rows = erp.JCT_CURRENT__TRANSACTION.filter((row) => row['Transaction_Type'] === 'JC cost' && row['Job'] === job)
  return exportOf(erp, 'jc-transactions', rows.slice(0, count))
}

export const written = ['vendors', 'jobs', 'jc-transactions'] as const

export async function writeAll(agent: RunningAgent): Promise<void> {
  for (const entity of written) await agent.writing(entity, 'create')
}

/** A stand-in and an agent's home, not started. */
export async function firm(options: Parameters<typeof standInWithAccess>[0] = {}) {
  const folder = await tempFolder('flow')
  const standIn = await standInWithAccess(options)
  const home = await setUpAgent(folder.path, { access: standIn.access })
  const dispose = () => standIn.close().then(() => folder[Symbol.asyncDispose]())
  return { folder, standIn, home, [Symbol.asyncDispose]: dispose }
}

/** How many of these items are ours; fails when one is there twice. */
export function ours(items: readonly { origin_id: string | null }[], entity: string): number {
  const all = items.flatMap(({ origin_id }) => (origin_id?.includes(`:${entity}:`) ? [origin_id] : []))
  expect(new Set(all).size, 'nothing is there twice').toBe(all.length)
  return all.length
}

/** The code of the problem something ended with, or what it ended with otherwise. */
export const why = (trying: Promise<unknown>): Promise<unknown> =>
  trying.then(
    () => 'nothing was wrong',
    (cause: { problem?: { code: string } }) => cause.problem?.code ?? cause,
  )
