import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../../agent/cli/audit.ts'
import { exit, type Values } from '../../../agent/cli/command.ts'
import { openWriting } from '../../../agent/ledger/open.ts'
import { turns } from '../../../agent/ledger/turns.ts'
import { defaultSettings, makeSettings } from '../../../agent/settings/settings.ts'

let folder: string
let ledger: string
const day = (n: number): number => Date.parse(`2026-11-0${n}T10:00:00Z`)

/** Three acts on three days: one by a person, one with a text that would run as a formula, one by the agent itself. */
async function threeActs(): Promise<void> {
  const raw = await openWriting(ledger)
  let now = day(1)
  const transact = turns({ raw, now: () => now, onEvents: () => {} })
  raw.exec(`insert into people (id, name, email, role, created_at) values (4, 'Ada, "the" accountant', 'ada@example.com', 'admin', 1)`)
  await transact((tx) =>
    tx.audit({ person: 4, origin: 'cli', act: 'writing-set', subject: 'source:1', before: { writing: 0 }, after: { writing: 1 } }),
  )
  now = day(2)
  await transact((tx) => tx.audit({ person: 4, origin: 'chrome-extension://x', act: '=HYPERLINK("evil")', subject: 'link:2' }))
  now = day(3)
  await transact((tx) => tx.audit({ person: null, origin: 'agent', act: 'key-added', subject: 'key:1', after: { label: 'Büro' } }))
  raw.close()
}

type Ran = { code: number; said: string[]; result: Record<string, unknown> }

async function run(words: readonly string[], values: Values = {}): Promise<Ran> {
  const said: string[] = []
  const results: Record<string, unknown>[] = []
  const out = {
    json: false,
    say: (line: string) => void said.push(line),
    result: (value: unknown) => void results.push(value as Record<string, unknown>),
  }
  const code = await audit.run({ folder, words, values, out, prompt: null, now: () => day(4) })
  return { code, said, result: results[0] ?? {} }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tieback-audit-'))
  ledger = join(folder, 'ledger.db')
  await makeSettings(folder, defaultSettings())
  await threeActs()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('audit verify', () => {
  it('proves that all acts follow from each other, and names the last for later', async () => {
    const { code, said, result } = await run(['verify'])
    expect(code).toBe(exit.fine)
    expect(said[0]).toMatch(/^All 3 acts follow from each other\. Keep this elsewhere.*\n[0-9a-f]{64}$/)
    expect(result).toMatchObject({ acts: 3, broken: null, holds: null, whole: true })
  })

  it('names the act that was changed', async () => {
    const raw = new DatabaseSync(ledger)
    raw.exec(`update audit set after = '{"writing":0}' where id = 1`)
    raw.close()
    const { code, said } = await run(['verify'])
    expect(code).toBe(exit.trouble)
    expect(said[0]).toMatch(/^Act 1 \(2026-11-01T10:00:00\.000Z, writing-set\) does not follow/)
  })

  it('finds by an earlier head that the last acts were taken away', async () => {
    const { result } = await run(['verify'])
    const head = String(result['head'])
    expect((await run(['verify', head])).code).toBe(exit.fine)
    const raw = new DatabaseSync(ledger)
    raw.exec('delete from audit where id = 3')
    raw.close()
    expect((await run(['verify'])).code).toBe(exit.fine)
    const later = await run(['verify', head])
    expect(later.code).toBe(exit.trouble)
    expect(later.said[0]).toContain('acts were taken away')
  })
})

describe('the browser of an act', () => {
  beforeEach(async () => {
    const raw = await openWriting(ledger)
    const key = raw.prepare("insert into keys (id, person, thumbprint, jwk, origin, label, created_at) values (?, 4, ?, '{}', ?, ?, 1)")
    key.run(7, 'a', 'chrome-extension://x', 'Chrome in the office')
    key.run(8, 'b', 'chrome-extension://x', 'Chrome at home')
    key.run(9, 'c', 'cli', 'command line')
    const transact = turns({ raw, now: () => day(4), onEvents: () => {} })
    const act = { person: 4, act: 'unlink-asked', subject: 'link:2' }
    for (const browser of [7, 8]) await transact((tx) => tx.audit({ ...act, origin: 'chrome-extension://x', key: browser }))
    await transact((tx) => tx.audit({ ...act, origin: 'cli', key: 9 }))
    raw.exec("update keys set label = 'renamed'")
    raw.close()
  })

  it('is told in both exports as it was called then, beside acts that name none', async () => {
    const [text, data] = [join(folder, 'acts.csv'), join(folder, 'acts.json')]
    await run(['export', text])
    await run(['export', data])
    const told = ['', '', '', 'Chrome in the office (7)', 'Chrome at home (8)', '']
    expect((parse(readFileSync(text), { columns: true }) as Record<string, string>[]).map(({ browser }) => browser)).toEqual(told)
    const { acts } = JSON.parse(readFileSync(data, 'utf8')) as { acts: { browser: unknown }[] }
    expect(acts.map(({ browser }) => browser).slice(2)).toEqual([
      null,
      { key: '7', label: 'Chrome in the office' },
      { key: '8', label: 'Chrome at home' },
      null,
    ])
  })

  it.each([
    ['another', `update audit set browser = '{"key":"8","label":"Chrome at home"}' where id = 4`, 4],
    ['none', 'update audit set browser = null where id = 5', 5],
    ['one where none was', `update audit set browser = '{"key":"7","label":"x"}' where id = 1`, 1],
  ])('is proven with the act: %s written over it is found', async (_, sql, id) => {
    expect((await run(['verify'])).result).toMatchObject({ acts: 6, whole: true })
    const raw = new DatabaseSync(ledger)
    raw.exec(sql)
    raw.close()
    expect((await run(['verify'])).result).toMatchObject({ whole: false, broken: { id } })
  })

  it('is not missed in a ledger of an older Tieback, whose acts still follow from each other', async () => {
    const raw = new DatabaseSync(ledger)
    raw.exec('delete from audit where id > 3; alter table audit drop column browser')
    raw.close()
    expect((await run(['verify'])).result).toMatchObject({ acts: 3, whole: true })
  })
})

describe('audit export', () => {
  it('writes CSV that any reader takes and no spreadsheet runs', async () => {
    const file = join(folder, 'acts.csv')
    expect((await run(['export', file])).code).toBe(exit.fine)
    const rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[]
    expect(rows.map(({ at, person, act }) => [at, person, act])).toEqual([
      ['2026-11-01T10:00:00.000Z', 'Ada, "the" accountant', 'writing-set'],
      ['2026-11-02T10:00:00.000Z', 'Ada, "the" accountant', `'=HYPERLINK("evil")`],
      ['2026-11-03T10:00:00.000Z', '', 'key-added'],
    ])
    expect(JSON.parse(rows[0]?.['after'] ?? '')).toEqual({ writing: 1 })
  })

  it('writes JSON with the proof beside it', async () => {
    const file = join(folder, 'acts.json')
    await run(['export', file])
    const { chain, acts } = JSON.parse(readFileSync(file, 'utf8')) as { chain: { acts: number }; acts: Record<string, unknown>[] }
    expect(chain).toMatchObject({ acts: 3, broken: null })
    expect(acts[0]).toMatchObject({ person: { id: '4', email: 'ada@example.com' }, act: 'writing-set', before: { writing: 0 } })
    expect(acts[2]).toMatchObject({ person: null, after: { label: 'Büro' } })
  })

  it('takes whole days, both ends included', async () => {
    const file = join(folder, 'acts.json')
    expect((await run(['export', file], { from: '2026-11-02', to: '2026-11-02' })).result).toMatchObject({ acts: 1 })
  })

  it('leaves a file that is there alone, and refuses what it does not understand', async () => {
    const file = join(folder, 'acts.csv')
    writeFileSync(file, 'mine')
    await expect(run(['export', file])).rejects.toThrow('is there already')
    expect(readFileSync(file, 'utf8')).toBe('mine')
    await expect(run(['export', join(folder, 'acts.xlsx')])).rejects.toThrow('.csv or .json')
    await expect(run(['export', join(folder, 'b.csv')], { from: '1.11.2026' })).rejects.toThrow('is no day')
    expect(existsSync(join(folder, 'b.csv'))).toBe(false)
    await expect(run(['look'])).rejects.toThrow('audit verify')
  })

  it('says so where the chain is broken, and hands out all the same', async () => {
    const raw = new DatabaseSync(ledger)
    raw.exec(`update audit set subject = 'link:9' where id = 2`)
    raw.close()
    const { code, result } = await run(['export', join(folder, 'acts.json')])
    expect(code).toBe(exit.trouble)
    expect(result).toMatchObject({ acts: 3 })
  })

  it.each(['acts.json', 'acts.csv'])('hands out as it is what another program made unreadable (%s)', async (name) => {
    const raw = new DatabaseSync(ledger)
    raw.exec(`update audit set after = '{"writing":' where id = 1`)
    raw.close()
    expect((await run(['export', join(folder, name)])).code).toBe(exit.trouble)
    const text = readFileSync(join(folder, name), 'utf8')
    if (name === 'acts.json') expect(JSON.parse(text).acts[0].after).toBe('{"writing":')
    else expect((parse(text, { columns: true }) as Record<string, string>[])[0]?.['after']).toBe('{"writing":')
  })
})
