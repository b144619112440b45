import { get } from 'node:https'
import { describe, expect, it } from 'vitest'
import { pair } from '../../agent/cli/pair.ts'
import { settingsCommand } from '../../agent/cli/settings.ts'
import { tls } from '../../agent/cli/tls.ts'
import { codeOf, extensionOrigin, makeWire, pairedClient } from '../agent/server/browser.ts'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { freePort } from '../support/tieback-process.ts'

/** Asks the page everybody may see, as a browser that trusts this authority. */
const welcomed = (url: string, ca: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { ca, agent: false }, (answer) => resolve(answer.resume().statusCode ?? 0)).on('error', reject)
  })

describe('the settings of a running agent', () => {
  it('are an admin’s to see and set, count at once, and are audited', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const { result: paired } = await agent.cli(pair, [], { name: 'Robin', email: 'robin@practice.example', role: 'accountant' })
    const accountant = await pairedClient(agent.url, (paired as { code: string }).code, await makeWire(extensionOrigin, 20_000))
    const refused = [
      await accountant.call('settings'),
      await accountant.call('setLogLevel', { body: { level: 'debug' } }),
      await accountant.call('setBackups', { body: { daily: null } }),
      await accountant.call('backUp', { body: {} }),
    ]
    expect(new Set(refused.map(codeOf))).toEqual(new Set(['role-missing']))

    const { result, said } = await agent.cli(settingsCommand, [], { 'log-level': 'debug', 'backup-at': '02:30', 'backup-keep': '3' })
    expect(result).toMatchObject({ log: { level: 'debug', after: 'info' }, backup: { daily: { at: '02:30', keep: 3 } } })
    expect(said.join('\n')).toContain('every day at 02:30, 3 kept')
    await agent.ask('backUp', { body: {} })
    expect(agent.log.filter(({ level, msg }) => level === 20 && msg === 'answered').length).toBeGreaterThan(0)
    await agent.until('it is backed up', async () => (await agent.ask('settings')).backup.made !== null)
    const acts = agent.ledger.rows('select act, subject from audit').map(({ act, subject }) => `${act} ${subject}`)
    expect(acts).toEqual(
      expect.arrayContaining([
        'log-set settings:log',
        'backups-set settings:backups',
        'backup-asked ledger',
        'backUp-refused /settings/backup',
      ]),
    )

    // The network is let in while the agent runs; other names, and it answers to these at once.
    const port = await freePort()
    const { authority } = await agent.ask('ownCertificate', { body: { names: ['localhost'], port } })
    expect(await welcomed(`https://localhost:${port}/`, authority?.pem ?? '')).toBe(200)
    const next = await agent.ask('ownCertificate', { body: { names: ['127.0.0.1'] } })
    expect(await welcomed(`https://127.0.0.1:${port}/`, next.authority?.pem ?? '')).toBe(200)
    await expect(welcomed(`https://127.0.0.1:${port}/`, authority?.pem ?? '')).rejects.toThrow()
    const { said: shown } = await agent.cli(tls, ['back'])
    expect(shown.join('\n')).toContain('for localhost')
    expect(await welcomed(`https://localhost:${port}/`, authority?.pem ?? '')).toBe(200)
    expect((await agent.ask('recovery')).certificate?.fingerprint).toBe(authority?.fingerprint)
    await expect(agent.cli(settingsCommand, [], { 'log-level': 'loud' })).rejects.toThrow('error, warn, info, debug')
  })
})
