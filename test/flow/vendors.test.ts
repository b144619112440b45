import { describe, expect, it } from 'vitest'
import type { Vendor } from '../procore/items.ts'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, modes, rowsSent, writes } from './books.ts'

const sync = /\/vendors\/sync$/

/** A small file: ten that Procore knows by code, one it knows by name only, five that only the ERP knows. */
function someVendors() {
  const erp = books()
  const rowOf = new Map(erp.APM_MASTER__VENDOR.map((row) => [row['Vendor'], row]))
  const of = (fits: (one: (typeof erp.business.vendors)[number]) => boolean, count: number) =>
    erp.business.vendors
      .filter((one) => one.disaster === undefined && fits(one))
      .slice(0, count)
      .map(({ code }) => rowOf.get(code) ?? {})
  const known = of((one) => one.procoreHas === 'code' && one.code !== erp.known.vendors.duplicatedCode && one.name === one.erpName, 10)
  const byName = of((one) => one.where === 'both' && one.procoreHas === 'name', 1)
  const fresh = of((one) => one.where === 'erp', 5)
  return { erp, known, byName, fresh, all: [...known, ...byName, ...fresh] }
}

describe.each(modes)('vendors, Procore %s', (mode) => {
  it('are linked and created once, changed once, left alone when nothing changed, and gone only when that is proven', async () => {
    const { erp, known, byName, fresh, all } = someVendors()
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access })
    const { vendors } = standIn.company.tables
    const key = String(agent.ledger.rows('select key from connections')[0]?.['key'])
    const byCode = (code: string | undefined): Vendor | undefined =>
      vendors.live().find((one) => one.origin_id === `${key}:vendors:${code}`)
    const before = vendors.live().length
    await agent.export(exportOf(erp, 'vendors', all), 'vendors')
    await agent.atRest()
    await agent.writing('vendors', 'create')
    await agent.atRest()

    // Linked: our origin_id on the ten. Created: the five, with what the ERP says of them. Known by name only: a person decides.
    const sent = rowsSent(standIn.requests, sync)
    expect(sent.filter((row) => 'id' in row).map(({ origin_id, id, ...rest }) => ({ origin_id, rest }))).toEqual(
      expect.arrayContaining(known.map((row) => ({ origin_id: `${key}:vendors:${row['Vendor']}`, rest: {} }))),
    )
    expect(
      sent
        .filter((row) => !('id' in row))
        .map(({ origin_id }) => origin_id)
        .sort(),
    ).toEqual(fresh.map((row) => `${key}:vendors:${row['Vendor']}`).sort())
    expect(sent).toHaveLength(15)
    expect(vendors.live()).toHaveLength(before + 5)
    for (const row of fresh)
      expect(byCode(row['Vendor'])).toMatchObject({
        ...{ name: row['Name'], address: row['Address_1'], city: row['City'], state_code: row['State'], zip: row['ZIP'] },
        ...{ business_phone: row['Telephone'], email_address: row['Contact_1_Email_Address'], origin_code: row['Vendor'] },
      })
    expect(agent.ledger.states('vendors')).toEqual({ synced: 15, 'not-linked': 1 })
    expect(agent.ledger.problems()).toMatchObject([{ code: 'match-to-confirm', key: byName[0]?.['Vendor'] }])

    // A changed row is delivered once, with what differs and nothing else.
    standIn.forget()
    const changed = all.map((row, n) => (n === 2 ? { ...row, Telephone: '(555) 999-0000' } : row))
    await agent.export(exportOf(erp, 'vendors', changed), 'vendors')
    await agent.until('the change arrived', () => byCode(all[2]?.['Vendor'])?.business_phone === '(555) 999-0000')
    await agent.atRest()
    expect(rowsSent(standIn.requests, sync)).toEqual([{ id: byCode(all[2]?.['Vendor'])?.id, business_phone: '(555) 999-0000' }])
    expect(agent.ledger.states('vendors')).toEqual({ synced: 15, 'not-linked': 1 })

    // The same file again, to the letter; and the same agent again, started anew: nothing is written.
    standIn.forget()
    await agent.export(exportOf(erp, 'vendors', changed), 'vendors')
    await agent.until('the file was met again', () => agent.ledger.files().length === 3)
    await agent.atRest()
    await agent.askProcore()
    await agent.atRest()
    expect(writes(standIn.requests)).toEqual([])

    // Missing from a file that proves nothing: nothing is concluded. From one that counts its rows: gone, and Procore's copy is left alone.
    const [left, ...others] = changed
    await agent.export(exportOf(erp, 'vendors', others), 'vendors', false)
    await agent.until('the short file was taken', () => agent.ledger.files().length === 4)
    await agent.atRest()
    expect(agent.ledger.link('vendors', left?.['Vendor'] ?? '')?.state).toBe('synced')
    await agent.export(exportOf(erp, 'vendors', others), 'vendors')
    await agent.until('it is gone', () => agent.ledger.link('vendors', left?.['Vendor'] ?? '')?.state === 'gone-from-erp')
    await agent.atRest()
    expect(byCode(left?.['Vendor'])).toBeDefined()
    expect(writes(standIn.requests)).toEqual([])

    // It comes back.
    await agent.export(exportOf(erp, 'vendors', changed), 'vendors')
    await agent.until('it is back', () => agent.ledger.link('vendors', left?.['Vendor'] ?? '')?.state === 'synced')
    expect(standIn.violations).toEqual([])
  })
})
