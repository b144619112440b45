import { describe, expect, it } from 'vitest'
import type { Entity } from '../../shared/item.ts'
import type { Business } from '../procore/business/shapes.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, modes, writes } from './books.ts'

/** Files of the site's own making go through mappings, as an admin would set them. */
const mappings = [
  { entity: 'tax-groups', columns: { tax_group: 'Tax Group', description: 'Description', rate: 'Rate' } },
  {
    entity: 'insurances',
    columns: {
      ...{ vendor: 'Vendor', insurance_type: 'Type', name: 'Carrier', policy_number: 'Policy' },
      ...{ effective_date: 'Effective', expiration_date: 'Expires', limit: 'Limit' },
    },
  },
  {
    entity: 'ar-invoices',
    columns: {
      ...{ customer: 'Customer', invoice: 'Invoice', draw: 'Draw', job: 'Job', invoice_date: 'Date', amount: 'Amount' },
      ...{ retainage: 'Retainage', status: 'Status' },
    },
  },
]

/** Parents first, as a clerk would export them. */
const office = [
  ...(['standard-cost-codes', 'standard-categories', 'vendors', 'jobs', 'extras', 'cost-codes', 'categories', 'tax-groups'] as const),
  ...(['insurances', 'commitments', 'commitment-items', 'commitment-cos', 'ap-invoices', 'ap-distributions', 'ap-payments'] as const),
  'ar-invoices' as const,
]

/** Exports that carry a table of their own; prime contracts come with the jobs. */
const written: Entity[] = ['standard-cost-codes', 'standard-categories', 'extras', 'cost-codes', 'tax-groups', 'insurances', 'ap-payments']

const slow = { withinMs: 180_000 }

async function takeAll(agent: RunningAgent): Promise<ReturnType<typeof books>> {
  const erp = books()
  for (const entity of office) await agent.export(exportOf(erp, entity), entity)
  await agent.atRest(slow)
  return erp
}

const linked = (agent: RunningAgent, entity: Entity): number => agent.ledger.links(entity).filter(({ item }) => item !== null).length
/** A vendor known by name only waits for a person. */
const vendorLinked = (agent: RunningAgent, { vendors }: Business, n: number): boolean =>
  agent.ledger.link('vendors', vendors[n]?.code ?? '')?.item != null

const differing = (agent: RunningAgent, entity: Entity): string[] =>
  agent.ledger
    .links(entity)
    .filter(({ state }) => state.startsWith('changed-'))
    .map(({ key }) => key)

describe.each(modes.flatMap((mode) => (['tieback', 'procore'] as const).map((owner) => ({ mode, owner }))))(
  'every kind of record, Procore $mode, owner $owner',
  ({ mode, owner }) => {
    it('is taken, matched and compared, and nothing is written while watching', { timeout: 240_000 }, async () => {
      await using standIn = await standInWithAccess({ mode })
      await using agent = await startAgent({ access: standIn.access, owner, settings: { reading: { mappings } } })
      const { known, business } = await takeAll(agent)

      expect(writes(standIn.requests)).toEqual([])
      expect(standIn.violations).toEqual([])
      expect(agent.ledger.files().filter(({ state }) => state !== 'taken')).toEqual([])

      expect(linked(agent, 'standard-cost-codes')).toBe(known.standardCodes.matched)
      expect(differing(agent, 'standard-cost-codes')).toEqual(known.standardCodes.renamed)
      expect(linked(agent, 'standard-categories')).toBe(known.categories.matched)
      expect(linked(agent, 'extras')).toBe(known.extras.matched)
      expect(linked(agent, 'cost-codes')).toBe(known.costCodes.matched)
      expect(linked(agent, 'tax-groups')).toBe(known.taxGroups.matched)
      expect(differing(agent, 'tax-groups')).toEqual(known.taxGroups.otherRate)
      // A vendor known by name only waits for a person, and its insurance with it.
      expect(linked(agent, 'insurances')).toBe(
        business.insurances.filter(({ where, vendor }) => where === 'both' && vendorLinked(agent, business, vendor)).length,
      )
      expect(differing(agent, 'insurances')).toHaveLength(known.insurances.otherDate.length)
      expect(linked(agent, 'commitment-cos')).toBe(known.changeOrders.matched)
      expect(differing(agent, 'commitment-cos').map((key) => key.replace('|', '/'))).toEqual(known.changeOrders.otherAmount)
      expect(linked(agent, 'prime-contracts')).toBe(known.primeContracts.matched)
      expect(differing(agent, 'prime-contracts')).toEqual(
        [...known.primeContracts.otherOriginal, ...known.primeContracts.otherChanges].sort(),
      )
      expect(linked(agent, 'ap-invoices')).toBe(known.invoices.matched)
      expect(differing(agent, 'ap-invoices').map((key) => key.split('|')[1])).toEqual(known.invoices.otherAmount)
      expect(linked(agent, 'ap-payments')).toBe(known.payments.matched)
      expect(differing(agent, 'ap-payments').map((key) => key.split('|')[0])).toEqual(known.payments.otherAmount)
      expect(linked(agent, 'ar-invoices')).toBe(known.ownerInvoices.matched)
      expect(differing(agent, 'ar-invoices')).toHaveLength(known.ownerInvoices.otherAmount.length)
    })
  },
)

describe.each(modes)('writing every kind of record, Procore %s', (mode) => {
  it('makes what Procore lacks once, parents first, and leaves the rest alone', { timeout: 300_000 }, async () => {
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access, settings: { reading: { mappings }, 'blast-radius.floor': 1000 } })
    const { known, business } = await takeAll(agent)
    const { tables } = standIn.company
    const before = { codes: tables.cost_codes.live().length, payments: tables.contract_payments.live().length }
    for (const entity of written) await agent.writing(entity, 'create')
    await agent.atRest(slow)

    expect(standIn.violations).toEqual([])
    expect(agent.ledger.states('standard-cost-codes')['not-linked']).toBeUndefined()
    expect(tables.standard_cost_codes.live().filter(({ origin_id }) => origin_id !== null)).toHaveLength(
      known.standardCodes.matched + known.standardCodes.erpOnly.length,
    )
    expect(tables.line_item_types.live().filter(({ code }) => known.categories.erpOnly.includes(code))).toHaveLength(1)
    expect(tables.sub_jobs.live().filter(({ origin_id }) => origin_id !== null)).toHaveLength(
      known.extras.matched + known.extras.erpOnly.length,
    )
    expect(tables.tax_codes.live().filter(({ origin_id }) => origin_id !== null)).toHaveLength(
      known.taxGroups.matched + known.taxGroups.erpOnly.length,
    )
    expect(tables.insurances.live().filter(({ origin_id }) => origin_id !== null)).toHaveLength(
      business.insurances.filter(({ where, vendor }) => where !== 'procore' && vendorLinked(agent, business, vendor)).length,
    )
    // Codes of jobs Procore does not know wait; those of the new sub job went under it, after it.
    const job = agent.ledger.rows(
      "select count(*) as n from records r join sources s on s.id = r.source where s.entity = 'cost-codes' and r.key like '25-1003|%'",
    )
    expect(tables.cost_codes.live().length - before.codes).toBe(known.costCodes.erpOnly - Number(job[0]?.['n']))
    const origins = tables.contract_payments.live().flatMap(({ origin_id }) => origin_id ?? [])
    expect(new Set(origins).size).toBe(origins.length)
    expect(tables.contract_payments.live().length - before.payments).toBe(known.payments.erpOnly.length)
  })
})

describe.each(modes)('jobs as projects, Procore %s', (mode) => {
  it('a job Procore lacks becomes a project once it may be made, once; one that is over makes none', async () => {
    const erp = books()
    const over = { ...erp.JCM_MASTER__JOB[0], Job: '20-9001', Description: 'Long finished', Status: 'Closed' }
    const day = (more: Record<string, string>[] = []) => exportOf(erp, 'jobs', [...erp.JCM_MASTER__JOB, over, ...more])
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access })
    const { projects } = standIn.company.tables
    const before = projects.live().length
    await agent.export(day(), 'jobs')
    await agent.atRest()
    await agent.writing('jobs', 'on')
    await agent.atRest()
    expect(projects.live()).toHaveLength(before)
    await agent.writing('jobs', 'create')
    await agent.atRest()
    const made = () => projects.live().slice(before)
    const job = erp.JCM_MASTER__JOB.find((row) => row['Job'] === erp.known.jobs.erpOnly[0])
    expect(made()).toMatchObject([{ project_number: job?.['Job'], name: job?.['Description'], active: true }])
    expect(made()[0]?.origin_id).toMatch(new RegExp(`:jobs:${job?.['Job']}$`))
    await agent.export(day([{ ...over, Job: '20-9002' }]), 'jobs')
    await agent.atRest()
    expect(made()).toHaveLength(1)
    expect(standIn.violations).toEqual([])
  })
})
