import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSettingsOf } from '../../../agent/formats/format.ts'
import type { Client } from '../../../shared/agent-link/client.ts'
import { reaches } from '../../support/reaches.ts'
import { clientOf, codeOf, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let admin: Client
let id: string

beforeAll(async () => {
  made = await makeAgent()
  id = String(await made.connection())
  admin = await clientOf(made, 'admin', null, 'ada@example.com')
})
afterAll(() => made.stop())

const propose = (text: string, more: { entity?: 'insurances' | 'ar-invoices' } = {}) =>
  admin.call('proposeColumns', { params: { id }, body: { file: 'sample.csv', sample: Buffer.from(text).toString('base64'), ...more } })
const settings = () =>
  JSON.parse(String(made.agent.reader.raw.prepare('select settings from connections where id = ?').get(Number(id))?.['settings']))

describe('columns of a file that is no known export', () => {
  it('are proposed with how sure each is and why, from header first, then from what the cells are', async () => {
    const said = told(await propose(readFileSync('docs/samples/insurance.csv', 'utf8')))
    expect(said).toMatchObject({ known: null, entity: 'insurances' })
    expect(said.columns.length).toBeGreaterThan(3)
    for (const { confidence, because } of said.columns) {
      expect(confidence).toBeGreaterThan(0.3)
      expect(because.length).toBeGreaterThan(0)
    }
    expect(said.fields.filter(({ needed }) => needed).map(({ field }) => field)).toEqual(['vendor', 'insurance_type', 'policy_number'])
  })

  it('leave to a person what the sample leaves open, and say what it does not', async () => {
    const open = told(
      await propose('Kunde;Rechnung;Datum;Betrag\nK1;R1;01/02/2026;10,50\nK2;R2;03/04/2026;1.234,00\n', { entity: 'ar-invoices' }),
    )
    expect(open.open.date).toEqual(['mm/dd/yyyy', 'dd/mm/yyyy'])
    expect(open.reading).toMatchObject({ decimal: ',' })
    expect(open.reading).not.toHaveProperty('date')
  })

  it('are kept once confirmed, in place of those the entity had; all else stays as it was', async () => {
    const before = settings()
    const keep = (columns: Record<string, string>, reading = {}) =>
      admin.call('saveColumns', { params: { id }, body: { entity: 'ar-invoices', columns, reading } })
    told(await keep({ customer: 'Kunde', invoice: 'Nr' }))
    told(await keep({ customer: 'Kunde', invoice: 'Rechnung', amount: 'Betrag' }, { decimal: ',' }))
    const { reading, ...rest } = settings()
    const { reading: had, ...others } = before
    expect(rest).toEqual(others)
    expect(reading).toMatchObject({ ...had, decimal: ',' })
    expect(readSettingsOf(reading).mappings).toEqual([
      { entity: 'ar-invoices', columns: { customer: 'Kunde', invoice: 'Rechnung', amount: 'Betrag' } },
    ])
    const { entities } = told(await admin.call('mappings', { params: { id } }))
    expect(entities.find((one) => one.id === 'ar-invoices')).toMatchObject({ reader: 'own-file' })
  })

  it('are refused without what tells records apart, and for a field the entity does not have', async () => {
    const keep = (columns: Record<string, string>) =>
      admin.call('saveColumns', { params: { id }, body: { entity: 'insurances', columns, reading: {} } })
    reaches('column-lacking', codeOf(await keep({ vendor: 'Supplier' })))
    expect(codeOf(await keep({ vendor: 'Supplier', insurance_type: 'Cover', policy_number: 'Policy', bank: 'Bank' }))).toBe(
      'mapping-unknown',
    )
  })

  it('say what is wrong with a sample that cannot be read', async () => {
    expect(codeOf(await propose('PK\u0003\u0004\u0000\u0000'))).toBe('file-not-text')
    expect(codeOf(await admin.call('proposeColumns', { params: { id: '99' }, body: { file: 'x.csv', sample: '' } }))).toBe(
      'request-refused',
    )
  })

  it('are no matter of an accountant', async () => {
    const accountant = await clientOf(made, 'accountant', null, 'acc@example.com')
    const asked = await accountant.call('proposeColumns', { params: { id }, body: { file: 'x.csv', sample: '' } })
    expect(codeOf(asked)).toBe('role-missing')
  })
})
