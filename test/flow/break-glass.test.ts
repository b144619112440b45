import { describe, expect, it } from 'vitest'
import { breakGlass } from '../../agent/cli/break-glass.ts'
import { pair } from '../../agent/cli/pair.ts'
import { codeOf, extensionOrigin, makeWire, pairedClient, told } from '../agent/server/browser.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'

const email = 'robin@practice.example'
const acts = (agent: RunningAgent) =>
  agent.ledger.rows("select act, before, after from audit where act in ('break-glass', 'key-revoked') order by id")
type Done = { code: string; link: string; shutOut: number }

describe('the way back in at the server', () => {
  it('makes an admin of somebody known, shuts their lost browsers out, and stands in the log as what it is', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const { result: paired } = await agent.cli(pair, [], { name: 'Robin', email, role: 'viewer' })
    const wire = () => makeWire(extensionOrigin, 20_000)
    const lost = await pairedClient(agent.url, String((paired as Done).code), await wire())
    const { code, result, said } = await agent.cli(breakGlass, [], { email: email.toUpperCase(), 'shut-out': true })
    expect([code, (result as Done).shutOut]).toEqual([0, 1])
    expect(said.join(' ')).toContain(`/console/#join=${(result as Done).code}`)
    expect(codeOf(await lost.call('me'))).toBe('not-paired')
    const back = await pairedClient(agent.url, (result as Done).code, await wire())
    expect(told(await back.call('me')).person).toMatchObject({ email, role: 'admin' })
    const [revoked, broken] = acts(agent)
    expect([revoked?.['act'], broken?.['act']]).toEqual(['key-revoked', 'break-glass'])
    expect([JSON.parse(String(broken?.['before'])), JSON.parse(String(broken?.['after']))]).toEqual([
      { role: 'viewer', browsers: 1 },
      { role: 'admin', shutOut: 1 },
    ])
  })

  it('adds somebody new by name, and nobody without one', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    await expect(agent.cli(breakGlass, [], { email })).rejects.toThrow('give --name too')
    const { result } = await agent.cli(breakGlass, [], { email, name: 'Robin Reyes' })
    const client = await pairedClient(agent.url, (result as Done).code, await makeWire(extensionOrigin, 20_000))
    expect(told(await client.call('me')).person).toMatchObject({ name: 'Robin Reyes', role: 'admin' })
  })

  it('lets nobody in whom Procore calls inactive', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const former = 'former.colleague@practice-builders.example'
    const { result } = await agent.cli(pair, [], { name: 'Former', email: former, role: 'admin' })
    await pairedClient(agent.url, (result as Done).code, await makeWire(extensionOrigin, 20_000))
    await agent.until(
      'Procore was asked',
      () => agent.ledger.rows(`select 1 from people where email = '${former}' and suspended_at is not null`).length > 0,
    )
    await expect(agent.cli(breakGlass, [], { email: former })).rejects.toThrow('inactive')
    expect(acts(agent)).toEqual([])
  })
})
