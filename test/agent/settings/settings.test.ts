import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { agentKey } from '../../../agent/settings/agent-key.ts'
import { connectionSettings } from '../../../agent/settings/connection.ts'
import { openSecrets } from '../../../agent/settings/secrets.ts'
import { defaultSettings, makeSettings, openSettings } from '../../../agent/settings/settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieback-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const file = () => join(folder, 'tieback.json')

describe('settings', () => {
  it('are not there before somebody made them', async () => expect(await openSettings(folder)).toBeNull())
  it('come back as they were made, in a file a person can read', async () => {
    await makeSettings(folder, defaultSettings())
    expect((await openSettings(folder))?.data).toEqual(defaultSettings())
    expect(readFileSync(file(), 'utf8')).toContain('\n  "listen": {\n    "port": 4711')
  })
  it('keep what was there before, and leave no half file behind', async () => {
    const settings = await makeSettings(folder, defaultSettings())
    await settings.change((data) => {
      data.log.level = 'debug'
    })
    expect(JSON.parse(readFileSync(`${file()}.bak`, 'utf8')).log.level).toBe('info')
    expect((await openSettings(folder))?.data.log.level).toBe('debug')
    expect(readdirSync(folder).sort()).toEqual(['tieback.json', 'tieback.json.bak'])
  })
  it('a wrong value is named by its place, and nothing is written', async () => {
    const settings = await makeSettings(folder, defaultSettings())
    await expect(
      settings.change((data) => {
        data.listen.port = 70_000
      }),
    ).rejects.toThrow(/listen\.port: /)
    expect(settings.data.listen.port).toBe(4711)
    writeFileSync(file(), JSON.stringify({ ...defaultSettings(), log: { level: 'loud', file: null } }))
    await expect(openSettings(folder)).rejects.toThrow(/tieback\.json cannot be used\. log\.level: .*tieback\.json\.bak/)
  })
  it('a misspelt name is not taken for a setting', async () => {
    writeFileSync(file(), JSON.stringify({ ...defaultSettings(), prot: 1 }))
    await expect(openSettings(folder)).rejects.toThrow(/prot/)
  })
  it('half a file is told from an empty one', async () => {
    writeFileSync(file(), '{"version":1')
    await expect(openSettings(folder)).rejects.toThrow('is no JSON')
  })
})

describe('credentials', () => {
  it('come back, and do not stand in the file', async () => {
    const secrets = await openSecrets(folder, 'file')
    await secrets.set('procore:1', 'p4ss')
    expect(await (await openSecrets(folder, 'file')).get('procore:1')).toBe('p4ss')
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain('p4ss')
    await secrets.delete('procore:1')
    expect(await secrets.get('procore:1')).toBeNull()
  })
  it('are all kept where several are entered at once', async () => {
    const secrets = await openSecrets(folder, 'file')
    const names = ['a', 'b', 'c', 'd']
    await Promise.all(names.map((name) => secrets.set(name, `of ${name}`)))
    expect(await Promise.all(names.map((name) => secrets.get(name)))).toEqual(names.map((name) => `of ${name}`))
  })
  it('can be read by this user only', async () => {
    await (await openSecrets(folder, 'file')).set('a', 'b')
    for (const name of ['secrets.key', 'secrets.json']) expect(statSync(join(folder, name)).mode & 0o077).toBe(0)
    chmodSync(join(folder, 'secrets.key'), 0o644)
    await expect(openSecrets(folder, 'file')).rejects.toThrow('chmod 600')
  })
  it('cannot be swapped for one another', async () => {
    const secrets = await openSecrets(folder, 'file')
    await secrets.set('a', 'one')
    await secrets.set('b', 'two')
    const sealed = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'))
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ a: sealed.b, b: sealed.a }))
    await expect(secrets.get('a')).rejects.toThrow('cannot be opened')
  })
  it('the agent keeps one key', async () => {
    const secrets = await openSecrets(folder, 'file')
    expect(await agentKey(secrets)).toEqual(await agentKey(secrets))
    expect(existsSync(join(folder, 'secrets.json'))).toBe(true)
  })
})

describe('settings of a connection', () => {
  it('name the place of what is wrong', () => {
    const wrong = connectionSettings.safeParse({
      erp: 'Sage',
      connector: {},
      procore: { environment: 'moon', clientId: 'x', credential: 'c' },
    })
    expect(wrong.error?.issues[0]?.path).toEqual(['procore', 'environment'])
  })
})
