import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../../shared/agent-link/client.ts'
import { clientOf, codeOf, makeWire, pairedClient, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let admin: Client
beforeEach(async () => {
  made = await makeAgent()
  admin = await clientOf(made, 'admin', null, 'root@example.com')
})
afterEach(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

describe('how many admins there are', () => {
  const admins = async (): Promise<number | undefined> => told(await admin.call('overview')).admins

  it('counts those alone who are not suspended and have a way in', async () => {
    expect(await admins()).toBe(1)
    const code = await made.code('admin', null, 'second@example.com')
    expect(await admins()).toBe(1)
    await pairedClient(made.url, code, await makeWire())
    expect(await admins()).toBe(2)
    await made.transact(({ raw }) => void raw.prepare("update people set suspended_at = 1 where email = 'second@example.com'").run())
    expect(await admins()).toBe(1)
  })

  it('is told to admins alone', async () => {
    const viewer = await clientOf(made, 'viewer')
    expect(told(await viewer.call('overview'))).not.toHaveProperty('admins')
  })
})

describe('the recovery sheet', () => {
  it('says where everything lies and who is admin, to admins alone', async () => {
    const sheet = told(await admin.call('recovery'))
    expect(sheet).toMatchObject({ ledger: made.ledger, admins: [{ name: 'Ada', email: 'root@example.com' }], certificate: null })
    const accountant = await clientOf(made, 'accountant')
    expect(codeOf(await accountant.call('recovery'))).toBe('role-missing')
  })
})

describe('breaking the glass', () => {
  it('is for nobody’s browser, not even an admin’s', async () => {
    const reply = await admin.call('breakGlass', { body: { email: 'mallory@example.com', name: 'Mallory', shutOut: false } })
    expect(reply).toMatchObject({ problem: { params: { reason: 'command-line-alone' } } })
    expect(told(await admin.call('people')).people.map(({ email }) => email)).toEqual(['root@example.com'])
  })
})
