import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pino } from 'pino'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { firstBrokenAct } from '../../../agent/ledger/audit.ts'
import { ledgerCommands } from '../../../agent/ledger/commands.ts'
import { openReader } from '../../../agent/ledger/reader.ts'
import { openSecrets } from '../../../agent/settings/secrets.ts'
import { defaultSettings } from '../../../agent/settings/settings.ts'
import { createUpkeep, type UpkeepParts } from '../../../agent/upkeep/upkeep.ts'
import { reaches } from '../../support/reaches.ts'
import { waitFor } from '../../support/wait-for.ts'
import { openLedger, type TestLedger } from '../ledger/open-ledger.ts'

const by = { person: null, origin: 'cli' }
const dayMs = 86_400_000
const faults: unknown[] = []
afterEach(() => expect(faults.splice(0)).toEqual([]))

/** The agent's own care over a real ledger; only the clock is the test's. */
async function kept(): Promise<
  TestLedger & {
    folder: string
    upkeep: ReturnType<typeof createUpkeep>
    stop: AbortController
    log: { level: string }
    /** The agent is started once more. */
    again(): void
  }
> {
  const ledger = await openLedger()
  const folder = dirname(ledger.path)
  const reader = openReader(ledger.path)
  const stop = new AbortController()
  const log = pino({ level: 'info', enabled: true }, { write: () => undefined })
  const commands = ledgerCommands(kinds)
  const call = (async (name: keyof typeof commands, input: never) => {
    const answer = await ledger.transact((tx) => commands[name](tx, input))
    upkeep.seen(ledger.events.splice(0))
    return answer
  }) as UpkeepParts['writer']['call']
  const parts = {
    folder,
    ledger: ledger.path,
    settings: defaultSettings(),
    log,
    reader,
    writer: { call },
    now: () => ledger.clock.now,
    secrets: await openSecrets(folder, 'file'),
    overTls: async () => undefined,
  }
  const start = () => createUpkeep({ ...parts, onFault: (error) => void faults.push(error), signal: stop.signal })
  const upkeep = start()
  const again = (): void => void start()
  onTestFinished(async () => {
    stop.abort()
    await upkeep.stopped()
    reader.close()
  })
  return { ...ledger, folder, upkeep, stop, log, again }
}

const files = ({ folder }: { folder: string }): string[] =>
  existsSync(join(folder, 'backups')) ? readdirSync(join(folder, 'backups')).sort() : []
const tries = ({ raw }: TestLedger): number => Number(raw.prepare('select count(*) as n from backups').get()?.['n'])
const ended = (one: TestLedger, count: number) => waitFor(`${count} backups ended`, () => tries(one) === count)
const problems = ({ raw }: TestLedger) =>
  raw
    .prepare('select code from problems where closed_at is null')
    .all()
    .map(({ code }) => code)

describe('a backup of the running agent', () => {
  it('asked for is whole, is told with its size and as-of, and stands in the log of acts', async () => {
    const one = await kept()
    const face = await one.upkeep.face()
    expect((await face.settings()).backup).toMatchObject({ daily: null, next: null, running: null, made: null, failed: null, files: [] })
    const asked = one.clock.now
    expect(await face.backUp(by)).toBe(true)
    expect((await face.settings()).backup.running).toMatchObject({ since: new Date(asked).toISOString() })
    expect(await face.backUp(by)).toBe(false)
    await ended(one, 1)
    const { made, files: there, running } = (await face.settings()).backup
    expect(running).toBeNull()
    expect(made).toMatchObject({ asOf: new Date(asked).toISOString(), file: join(one.folder, 'backups', 'ledger-2026-11-02T060000Z.db') })
    expect(there).toMatchObject([{ name: 'ledger-2026-11-02T060000Z.db', daily: false, bytes: made?.bytes }])
    const copy = new DatabaseSync(made?.file ?? '', { readOnly: true })
    expect(
      copy
        .prepare('select act from audit')
        .all()
        .map(({ act }) => act),
    ).toContain('backup-asked')
    copy.close()
    expect(firstBrokenAct(one.raw)).toBeNull()
  })

  it('comes every day at its hour; so many of these are kept, and every one somebody asked for', async () => {
    const one = await kept()
    const face = await one.upkeep.face()
    await face.backUp(by)
    await ended(one, 1)
    const { next } = await face.setBackups({ at: '02:00', keep: 2 }, by)
    one.clock.now = (next ?? 0) - 1
    one.upkeep.tick()
    for (let day = 0; day < 3; day++) {
      one.clock.now = (next ?? 0) + day * dayMs
      one.upkeep.tick()
      one.upkeep.tick()
      await ended(one, day + 2)
    }
    await waitFor('the oldest is gone', () => files(one).length === 3)
    expect(files(one).map((name) => name.endsWith('-daily.db'))).toEqual([false, true, true])
    expect(Date.parse((await face.settings()).backup.next ?? '') - one.clock.now).toBeGreaterThan(dayMs - 2 * 3_600_000)
    const act = one.raw.prepare("select before, after from audit where act = 'backups-set'").get()
    expect([act?.['before'], JSON.parse(String(act?.['after'])).daily]).toEqual([null, { at: '02:00', keep: 2 }])
  })

  it('that fails twice in a row is a problem until one is made', async () => {
    const one = await kept()
    const face = await one.upkeep.face()
    writeFileSync(join(one.folder, 'backups'), 'in the way')
    await face.backUp(by)
    await ended(one, 1)
    expect(problems(one)).toEqual([])
    expect((await face.settings()).backup.failed?.reason).toContain('EEXIST')
    await face.backUp(by)
    await ended(one, 2)
    reaches('backup-failed', problems(one))
    rmSync(join(one.folder, 'backups'))
    await face.backUp(by)
    await ended(one, 3)
    expect(problems(one)).toEqual([])
    expect((await face.settings()).backup.failed?.reason).toContain('EEXIST')
  })

  it('of a damaged ledger is none, and says so in words there are', async () => {
    const one = await kept()
    const face = await one.upkeep.face()
    const { writeSync, openSync, closeSync } = await import('node:fs')
    one.raw.exec('pragma wal_checkpoint(truncate)')
    const file = openSync(one.path, 'r+')
    writeSync(file, Buffer.alloc(4096 * 8, 0x5a), 0, 4096 * 8, 4096 * 20)
    closeSync(file)
    await face.backUp(by)
    await ended(one, 1)
    expect(one.raw.prepare('select reason, file from backups').get()).toEqual({ reason: 'damaged', file: null })
    expect(files(one)).toEqual([])
  })

  it('cut short by a stop leaves nothing half', async () => {
    const one = await kept()
    const face = await one.upkeep.face()
    mkdirSync(join(one.folder, 'backups'))
    writeFileSync(join(one.folder, 'backups', 'ledger-2026-11-01T020000Z-daily.db.part'), 'half')
    await face.backUp(by)
    one.stop.abort()
    await one.upkeep.stopped()
    expect(files(one).filter((name) => !name.endsWith('Z.db'))).toEqual([])
    faults.splice(0)
  })
})

describe('the log level', () => {
  it('counts at once, is audited with what was before, and debug ends by itself', async () => {
    const one = await kept()
    const face = await one.upkeep.face()
    await face.setLogLevel('warn', by)
    expect(one.log.level).toBe('warn')
    one.log.level = 'info'
    one.again()
    expect(one.log.level).toBe('warn')
    const { until } = await face.setLogLevel('debug', by)
    expect([one.log.level, until]).toEqual(['debug', one.clock.now + 3_600_000])
    one.clock.now += 3_600_000
    one.upkeep.tick()
    expect(one.log.level).toBe('warn')
    expect((await face.settings()).log).toMatchObject({ level: 'warn', until: null, after: null })
    const acts = one.raw.prepare("select before, after from audit where act = 'log-set' order by id").all()
    expect(acts.map(({ before }) => JSON.parse(String(before))?.level ?? null)).toEqual([null, 'warn'])
  })
})
