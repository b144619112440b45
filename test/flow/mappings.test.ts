import { describe, expect, it } from 'vitest'
import { withEntity, withField } from '../../shared/mapping/ticks.ts'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, modes, rowsSent, writes } from './books.ts'

const sync = /\/vendors\/sync$/

describe.each(modes)('what is unticked, Procore %s', (mode) => {
  it('never reaches Procore and is held against nothing, until it is ticked again', async () => {
    const erp = books()
    const codes = erp.business.vendors
      .filter((one) => one.disaster === undefined && one.procoreHas === 'code' && one.code !== erp.known.vendors.duplicatedCode)
      .filter((one) => one.name === one.erpName)
      .slice(0, 4)
      .map(({ code }) => code)
    const rows = erp.APM_MASTER__VENDOR.filter((row) => codes.includes(row['Vendor'] ?? ''))
    const [first = {}] = rows
    const code = first['Vendor'] ?? ''
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access })
    const vendor = () => standIn.company.tables.vendors.live().find((one) => one.origin_code === code)
    const drop = (more: Record<string, string>) =>
      agent.export(exportOf(erp, 'vendors', [{ ...first, ...more }, ...rows.slice(1)]), 'vendors')
    const params = { id: '1' }
    const saved = async (change: (ticks: Awaited<ReturnType<typeof mapping>>['ticks']) => ReturnType<typeof withField>) => {
      const { version, ticks } = await mapping()
      const after = Object.entries(change(ticks)).map(
        ([id, { on, off }]) => [id, { on, off: [...off] }] as [string, { on: boolean; off: string[] }],
      )
      return agent.ask('saveMapping', { params, body: { basedOn: version, ticks: Object.fromEntries(after) } })
    }
    const mapping = () => agent.ask('mappings', { params })

    await drop({})
    await agent.atRest()
    await agent.writing('vendors', 'on')
    await agent.atRest()
    const phone = vendor()?.business_phone
    expect(agent.ledger.link('vendors', code)?.state).toBe('synced')

    // Unticked: a new telephone number stays in the ERP, and nothing differs.
    await saved((ticks) => withField(ticks, 'vendors', 'phone', false))
    standIn.forget()
    await drop({ Telephone: '(555) 999-0000' })
    await agent.atRest()
    expect(writes(standIn.requests)).toEqual([])
    expect(agent.ledger.link('vendors', code)?.state).toBe('synced')
    const { figures } = await agent.ask('link', { params: { id: `vendor:${vendor()?.id}` } })
    expect(figures.find(({ field }) => field === 'phone')).toMatchObject({ mapped: false, agrees: null, erp: null, procore: phone })

    // Another field goes, without it.
    await drop({ Telephone: '(555) 999-0000', City: 'Elsewhere' })
    await agent.until('the city arrived', () => vendor()?.city === 'Elsewhere')
    await agent.atRest()
    expect(vendor()?.business_phone).toBe(phone)
    for (const row of rowsSent(standIn.requests, sync)) expect(row).not.toHaveProperty('business_phone')

    // The whole kind unticked: nothing of it is sent, compared or created.
    standIn.forget()
    await saved((ticks) => withEntity(ticks, 'vendors', false))
    await drop({ Telephone: '(555) 999-0000', City: 'Far away' })
    await agent.atRest()
    expect(writes(standIn.requests)).toEqual([])
    expect(agent.ledger.link('vendors', code)?.state).toBe('not-compared')

    // One click back to how it was at the start: what differs meanwhile is shown, and nobody's side is taken.
    const { version } = await mapping()
    await agent.ask('mappingBack', { params, body: { basedOn: version, to: 0 } })
    await agent.atRest()
    expect(agent.ledger.link('vendors', code)?.state).toBe('changed-in-both')
    expect(writes(standIn.requests)).toEqual([])
    expect((await mapping()).versions.map(({ version: number, back }) => [number, back])).toEqual([
      [3, 0],
      [2, null],
      [1, null],
    ])

    // The fax is shown first, and nothing is judged anew for it.
    const moves = agent.ledger.rows('select 1 from history').length
    const { version: before, ticks } = await mapping()
    await agent.ask('saveMapping', {
      params,
      body: { basedOn: before, ticks: { ...ticks, vendors: { on: true, off: [], order: ['fax'] } } },
    })
    const shown = (await agent.ask('link', { params: { id: `vendor:${vendor()?.id}` } })).figures.map(({ field }) => field)
    expect([shown[0], shown.toSorted()]).toEqual(['fax', figures.map(({ field }) => field).toSorted()])
    expect(agent.ledger.rows('select 1 from history')).toHaveLength(moves)
    expect(standIn.violations).toEqual([])
  })
})
