import { describe, expect, it } from 'vitest'
import { problems } from '../../agent/cli/problems.ts'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, modes, writes } from './books.ts'

const phone = '(555) 222-0000'

/** Three vendors Procore knows by code, linked by an agent that writes. */
async function linkedVendors(mode: (typeof modes)[number], owner: 'tieback' | 'procore' = 'tieback') {
  const erp = books()
  const rows = erp.APM_MASTER__VENDOR.slice(5, 8)
  const standIn = await standInWithAccess({ mode })
  const agent = await startAgent({ access: standIn.access, owner })
  await agent.export(exportOf(erp, 'vendors', rows), 'vendors')
  await agent.atRest()
  await agent.writing('vendors', 'create')
  await agent.atRest()
  const [row = {}] = rows
  const vendor = standIn.company.tables.vendors.live().find(({ origin_code }) => origin_code === row['Vendor'])
  if (!vendor) throw new Error('The practice company has changed.')
  const change = (by: Record<string, string>) => agent.export(exportOf(erp, 'vendors', [{ ...row, ...by }, ...rows.slice(1)]), 'vendors')
  const dispose = () => agent[Symbol.asyncDispose]().finally(() => standIn.close())
  return { standIn, agent, key: row['Vendor'] ?? '', id: vendor.id, change, [Symbol.asyncDispose]: dispose }
}

describe.each(modes)('who owns an item decides, Procore %s', (mode) => {
  it.each([
    ['cleared', 'failed', 'owner-lost'],
    ['stolen', 'foreign', 'owner-lost'],
  ] as const)('a link %s behind our back: nothing is written and one problem is told', async (how, state, code) => {
    await using firm = await linkedVendors(mode)
    const { standIn, agent, key, id } = firm
    expect(agent.ledger.states('vendors')).toEqual({ synced: 3 })
    if (how === 'cleared') standIn.company.release('vendors', id)
    else standIn.company.steal('vendors', id, 'otherlink-77')
    standIn.forget()
    await firm.change({ Telephone: phone })
    await agent.until('the loss is noticed', () => agent.ledger.link('vendors', key)?.state === state)
    await agent.atRest()
    await agent.askProcore()
    await agent.atRest()
    expect(writes(standIn.requests)).toEqual([])
    expect(standIn.company.tables.vendors.get(id)?.business_phone).not.toBe(phone)
    expect(agent.ledger.problems()).toMatchObject([{ code, key }])
    const told = await agent.cli(problems)
    expect(told.said.join('\n')).toMatch(/→ \S/)

    // Given back to us in Procore, it goes on by itself.
    standIn.company.steal('vendors', id, `${agent.ledger.rows('select key from connections')[0]?.['key']}:vendors:${key}`)
    await agent.askProcore()
    await agent.until('the change is delivered after all', () => standIn.company.tables.vendors.get(id)?.business_phone === phone)
    await agent.atRest()
    expect(agent.ledger.problems()).toEqual([])
    expect(agent.ledger.states('vendors')).toEqual({ synced: 3 })
  })

  it('where Procore’s own connector owns the links, nothing is ever written', async () => {
    await using firm = await linkedVendors(mode, 'procore')
    await firm.change({ Telephone: phone })
    await firm.agent.until('the change is seen', () => firm.agent.ledger.link('vendors', firm.key)?.state === 'changed-in-erp')
    await firm.agent.atRest()
    expect(writes(firm.standIn.requests)).toEqual([])
  })

  it('an edit in Procore shows as changed there, with the time Procore was asked', async () => {
    await using firm = await linkedVendors(mode)
    const { standIn, agent, key, id } = firm
    const began = Date.now()
    standIn.forget()
    standIn.company.edit('vendors', id, { city: 'Elsewhere' })
    await agent.askProcore()
    await agent.until('it shows', () => agent.ledger.link('vendors', key)?.state === 'changed-in-procore')
    const { items } = await agent.status([{ type: 'vendor', id: String(id) }])
    expect(Date.parse(items[0]?.procoreAsOf ?? '')).toBeGreaterThanOrEqual(began)
    expect(Date.parse(items[0]?.erpAsOf ?? '')).toBeLessThan(began)
    const { figures } = await agent.ask('link', { params: { id: `vendor:${id}` } })
    expect(figures.find(({ field }) => field === 'city')).toMatchObject({ procore: 'Elsewhere', agrees: false })
    expect(writes(standIn.requests)).toEqual([])
  })
})
