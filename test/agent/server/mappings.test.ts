import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../../shared/agent-link/client.ts'
import { ticksText, withField } from '../../../shared/mapping/ticks.ts'
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

const params = () => ({ params: { id } })
const off = (ticks: Parameters<typeof withField>[0], field: string) => JSON.parse(ticksText(withField(ticks, 'vendors', field, false)))

describe('a connection’s mapping', () => {
  it('starts with everything ticked, saves versions, refuses what was overtaken, and goes back to the byte', async () => {
    const start = told(await admin.call('mappings', params()))
    expect(start).toMatchObject({ version: 0, versions: [], ticks: { vendors: { on: true, off: [] }, customer: { on: false } } })
    const one = off(start.ticks, 'fax')
    expect(told(await admin.call('saveMapping', { ...params(), body: { basedOn: 0, ticks: one } }))).toEqual({ version: 1 })
    const late = await admin.call('saveMapping', { ...params(), body: { basedOn: 0, ticks: start.ticks } })
    reaches('mapping-moved', codeOf(late))
    expect(told(await admin.call('mappingBack', { ...params(), body: { basedOn: 1, to: 0 } }))).toEqual({ version: 2 })
    const now = told(await admin.call('mappings', params()))
    expect(ticksText(now.ticks)).toBe(ticksText(start.ticks))
    expect(now.versions.map(({ version, back, person }) => [version, back, person !== null])).toEqual([
      [2, 0, true],
      [1, null, true],
    ])
    expect(told(await admin.call('mappingVersion', { params: { id, version: '1' } })).ticks).toEqual(one)
  })

  it('is refused where a name or a tick cannot be', async () => {
    const { version, ticks } = told(await admin.call('mappings', params()))
    const save = (body: typeof ticks) => admin.call('saveMapping', { ...params(), body: { basedOn: version, ticks: body } })
    expect(codeOf(await save({ ...ticks, payroll: { on: true, off: [] } }))).toBe('mapping-unknown')
    expect(codeOf(await save(off(ticks, 'name')))).toBe('mapping-locked')
  })

  it('is not there for a connection or a version nobody knows', async () => {
    for (const asked of [
      await admin.call('mappings', { params: { id: '99' } }),
      await admin.call('mappingVersion', { params: { id, version: '77' } }),
      await admin.call('mappingBack', { ...params(), body: { basedOn: 2, to: 77 } }),
    ])
      expect(codeOf(asked)).toBe('request-refused')
  })

  it('is an admin’s alone to see and change', async () => {
    const accountant = await clientOf(made, 'accountant', null, 'acc@example.com')
    expect(codeOf(await accountant.call('mappings', params()))).toBe('role-missing')
    expect(codeOf(await accountant.call('mappingBack', { ...params(), body: { basedOn: 2, to: 0 } }))).toBe('role-missing')
  })
})
