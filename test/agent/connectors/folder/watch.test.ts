import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { FileOutcome } from '../../../../agent/connectors/connector.ts'
import { problem } from '../../../../shared/problem.ts'
import { reaches } from '../../../support/reaches.ts'
import { contents, csv, put, tempFolder, type Watched, watched } from './watched.ts'

const codes = (at: Watched): string[] => at.troubles.map(({ code }) => code)

describe('when a file counts as whole', () => {
  test('a file that was there at the start is taken once it has rested', async () => {
    const at = await watched({ started: (path) => writeFileSync(join(path, 'vendors.csv'), csv) })
    expect(at.taken).toEqual([])
    await at.rest()
    expect(contents(at)).toEqual([csv])
    expect(at.taken[0]).toMatchObject({
      name: 'vendors.csv',
      size: csv.length,
      complete: { proof: 'none' },
      asOf: new Date(at.taken[0]?.mtimeMs ?? 0).toISOString(),
    })
  })

  test('a file still being written is left alone, then taken once and whole', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv')
    for (let line = 2; line < 12; line++) {
      await at.pass(700)
      appendFileSync(path, `V${line},Larch\r\n`)
    }
    expect(at.taken).toEqual([])
    await at.rest()
    expect(contents(at)).toEqual([readFileSync(path, 'utf8')])
  })

  test('a writer that pauses longer than the quiet period and goes on: the whole file is taken in the end', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv')
    await at.rest()
    appendFileSync(path, 'V2,Larch\r\n')
    await at.rest()
    expect(contents(at)).toEqual([csv, `${csv}V2,Larch\r\n`])
  })

  test('a last line without its end rests three times as long: it may be half a number', async () => {
    const at = await watched()
    put(at, 'vendors.csv', `${csv}V2,Lar`)
    await at.rest()
    await at.pass(500)
    expect(at.taken).toEqual([])
    await at.pass(2000)
    expect(at.taken.length).toBe(1)
  })

  test('whoever waits for all that lies there is told once it is taken, not before; of a lost folder at once', async () => {
    const at = await watched()
    await at.readWaiting()
    put(at, 'vendors.csv')
    let done = 0
    const asked = [1, 2].map(() => at.readWaiting().then(() => done++))
    await at.pass(500)
    expect([at.taken.length, done]).toEqual([0, 0])
    await at.rest()
    await Promise.all(asked)
    expect([at.taken.length, done]).toEqual([1, 2])
    rmSync(at.path, { recursive: true })
    await at.pass(500)
    expect(codes(at)).toEqual(['folder-unreachable'])
    await at.readWaiting()
  })

  test('two looks are not enough, however long ago the first was', async () => {
    const at = await watched()
    put(at, 'vendors.csv')
    await at.pass(0)
    const stamp = at.taken.length
    expect(stamp).toBe(0)
    await at.pass(500)
    expect(at.taken.length).toBe(0)
    await at.pass(600)
    expect(at.taken.length).toBe(1)
  })

  test('nothing in it: an in-between state of a file being rewritten', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv')
    await at.rest()
    writeFileSync(path, '')
    await at.rest()
    await at.rest()
    expect(at.taken.length).toBe(1)
    writeFileSync(path, `${csv}V2,Larch\r\n`)
    await at.rest()
    expect(contents(at)).toEqual([csv, `${csv}V2,Larch\r\n`])
  })
})

describe('what happens to files on disk', () => {
  test('a file that changes while it is read is said to, taken later and then whole', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv', csv.padEnd(96 << 20, ' ') + '\r\n')
    await at.pass(0)
    await at.pass(500)
    const taking = at.pass(500)
    await vi.waitFor(() => expect(readdirSync(at.spoolFolder).length).toBe(1), { interval: 1 })
    appendFileSync(path, 'V2,Larch\r\n')
    await taking
    expect([at.taken.length, at.troubles.length]).toEqual([0, 1])
    reaches('file-moved-while-read', codes(at))
    await at.rest()
    expect([at.taken.map((file) => file.size), at.over]).toEqual([[statSync(path).size], ['file-moved-while-read']])
  })

  test('saved as Excel does (random name, delete, rename): the new content under the old name', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv')
    put(at, '~$vendors.csv', 'lock')
    await at.rest()
    const between = put(at, '3F2A9C1D', `${csv}V2,Larch\r\n`)
    await at.pass(300)
    unlinkSync(path)
    await at.pass(300)
    renameSync(between, path)
    await at.rest()
    expect(at.taken.map((file) => file.name)).toEqual(['vendors.csv', 'vendors.csv'])
    expect(contents(at)).toEqual([csv, `${csv}V2,Larch\r\n`])
  })

  test('other content under the same size and time is found', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv')
    await at.rest()
    const { atime, mtime } = statSync(path)
    writeFileSync(path, csv.replace('Marlow', 'Barlow'))
    utimesSync(path, atime, mtime)
    await at.rest()
    expect(contents(at)).toEqual([csv, csv.replace('Marlow', 'Barlow')])
  })

  test('replaced by a file of the same size and time', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv')
    await at.rest()
    const { atime, mtime } = statSync(path)
    const other = put(at, 'new.tmp', csv.replace('Marlow', 'Barlow'))
    utimesSync(other, atime, mtime)
    renameSync(other, path)
    await at.rest()
    expect(contents(at)).toEqual([csv, csv.replace('Marlow', 'Barlow')])
  })

  test('a restored copy with an older time is a new version', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv')
    await at.rest()
    writeFileSync(path, `${csv}V0,Old\r\n`)
    utimesSync(path, new Date('2020-01-01'), new Date('2020-01-01'))
    await at.rest()
    expect(at.taken[1]).toMatchObject({ asOf: '2020-01-01T00:00:00.000Z' })
  })

  test('written again with the same content: told, not copied', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv')
    await at.rest()
    const spooled = readdirSync(at.spoolFolder).length
    writeFileSync(path, csv)
    utimesSync(path, new Date(), new Date(Date.now() + 60_000))
    await at.rest()
    expect(contents(at)).toEqual([csv, null])
    expect(at.taken[1]?.sha256).toBe(at.taken[0]?.sha256)
    expect(readdirSync(at.spoolFolder).length).toBe(spooled)
  })

  test('a file that stays as it is is never looked into again', async () => {
    const at = await watched()
    put(at, 'vendors.csv')
    for (let turn = 0; turn < 5; turn++) await at.rest()
    expect(at.taken.length).toBe(1)
  })

  test('two files at once are both taken, one after the other', async () => {
    let open = 0
    let most = 0
    const onFile = async (): Promise<FileOutcome> => {
      most = Math.max(most, ++open)
      await new Promise((resolve) => setImmediate(resolve))
      open--
      return { filed: 'done' }
    }
    const at = await watched({ onFile })
    put(at, 'vendors.csv')
    put(at, 'jobs.csv', 'Job,Description\r\n')
    await at.rest()
    expect(at.taken.map((file) => file.name).sort()).toEqual(['jobs.csv', 'vendors.csv'])
    expect(most).toBe(1)
  })

  test('sub-folders, lock files, half downloads and hidden files are no exports', async () => {
    const at = await watched()
    for (const name of ['a.tmp', 'b.part', 'c.crdownload', '.~lock.vendors.csv#', '~$x.csv', 'DEADBEEF', '.hidden', 'empty.csv'])
      put(at, name, name === 'empty.csv' ? '' : csv)
    mkdirSync(join(at.path, 'sub'))
    writeFileSync(join(at.path, 'sub', 'vendors.csv'), csv)
    await at.rest()
    expect(at.taken).toEqual([])
  })

  test('a link is not followed out of the folder, and that is said once', async () => {
    const at = await watched()
    const outside = join(tempFolder(), 'secret.csv')
    writeFileSync(outside, csv)
    symlinkSync(outside, join(at.path, 'vendors.csv'))
    await at.rest()
    await at.rest()
    expect(at.taken).toEqual([])
    expect(at.troubles).toEqual([expect.objectContaining({ params: expect.objectContaining({ file: 'vendors.csv' }) })])
    reaches('file-unreadable', codes(at))
  })
})

describe('the folder itself', () => {
  test.each([false, true])('removed and made again (share: %s): said, nothing taken for deleted, and then it goes on', async (share) => {
    const at = await watched({ settings: { share } })
    put(at, 'vendors.csv')
    await at.rest()
    rmSync(at.path, { recursive: true })
    await at.rest()
    await at.rest()
    expect(at.troubles).toEqual([expect.objectContaining({ params: expect.objectContaining({ reason: 'ENOENT' }) })])
    reaches('folder-unreachable', codes(at))
    expect(at.over).not.toContain('folder-unreachable')
    mkdirSync(at.path)
    put(at, 'jobs.csv', 'Job,Description\r\n')
    await at.rest()
    expect(at.over).toContain('folder-unreachable')
    expect(at.taken.map((file) => file.name)).toEqual(['vendors.csv', 'jobs.csv'])
  })

  test('after the stop nothing is taken any more', async () => {
    const at = await watched()
    put(at, 'vendors.csv')
    await at.pass(500)
    at.stop()
    await at.rest()
    expect(at.taken).toEqual([])
  })

  test('by the real clock and by events: written, then taken', async () => {
    const onFile = vi.fn<() => FileOutcome>(() => ({ filed: 'done' }))
    const path = tempFolder()
    const { folder } = await import('../../../../agent/connectors/folder/folder.ts')
    const stop = new AbortController()
    const nothing = (): void => undefined
    const parts = {
      now: Date.now,
      spoolFolder: tempFolder(),
      lastTaken: () => null,
      onMet: nothing,
      onFile: async () => onFile(),
      onSeen: nothing,
      onTrouble: nothing,
      onTroubleOver: nothing,
      signal: stop.signal,
    }
    await folder.start({ path, quietMs: 100, scanMs: 600_000 }, parts)
    writeFileSync(join(path, 'vendors.csv'), csv)
    await vi.waitFor(() => expect(onFile).toHaveBeenCalledTimes(1), { timeout: 10_000 })
    stop.abort()
  })
})

describe('afterwards', () => {
  const filed = (at: Watched, kind: string): string[] => (existsSync(join(at.path, kind)) ? readdirSync(join(at.path, kind)).sort() : [])

  test('left originals stay where the ERP overwrites them, a dated copy lies in done/', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv')
    await at.rest()
    expect(filed(at, 'done')).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d_\d{6}_vendors\.csv$/)])
    expect([existsSync(path), existsSync(at.taken[0]?.spool as string)]).toEqual([true, true])
  })

  test('moved originals leave the folder, and a second one in the same second overwrites nothing', async () => {
    const at = await watched({ settings: { originals: 'move' } })
    for (const content of [csv, `${csv}V2,Larch\r\n`]) {
      put(at, 'vendors.csv', content)
      await at.pass(0)
      await at.pass(500)
      await at.pass(500)
      await at.pass(-1000)
    }
    expect(existsSync(join(at.path, 'vendors.csv'))).toBe(false)
    const done = filed(at, 'done')
    expect(done.length).toBe(2)
    expect(done.map((name) => readFileSync(join(at.path, 'done', name), 'utf8')).sort()).toEqual([csv, `${csv}V2,Larch\r\n`].sort())
  })

  test('an original the ERP has overwritten during the take is not moved away unread', async () => {
    const at = await watched({
      settings: { originals: 'move' },
      onFile: (file) => {
        if (file.size === csv.length) writeFileSync(file.path, `${csv}V2,Larch\r\n`)
        return { filed: 'done' }
      },
    })
    put(at, 'vendors.csv')
    await at.rest()
    await at.rest()
    expect(contents(at)).toEqual([csv, `${csv}V2,Larch\r\n`])
    expect(filed(at, 'done').length).toBe(2)
  })

  test('a refused file lies in refused/ beside its reason', async () => {
    const at = await watched({ onFile: () => ({ filed: 'refused', problem: problem('file-half', { file: 'vendors.csv', line: 2 }) }) })
    put(at, 'vendors.csv')
    await at.rest()
    const [copy, reason] = filed(at, 'refused')
    expect([copy, reason]).toEqual([expect.stringMatching(/_vendors\.csv$/), `${copy}.reason.txt`])
    expect(readFileSync(join(at.path, 'refused', reason as string), 'utf8')).toContain('vendors.csv ends in the middle of line 2.')
  })

  test('a file that waits for a person is filed nowhere', async () => {
    const at = await watched({ onFile: () => ({ filed: 'waiting' }) })
    put(at, 'vendors.csv')
    await at.rest()
    expect(readdirSync(at.path)).toEqual(['vendors.csv'])
    expect(existsSync(at.taken[0]?.spool as string)).toBe(true)
  })

  test('done/ that leads elsewhere is not written through; the take stands and the trouble is told', async () => {
    const elsewhere = tempFolder()
    const at = await watched({ started: (path) => symlinkSync(elsewhere, join(path, 'done')) })
    put(at, 'vendors.csv')
    await at.rest()
    expect(at.taken.length).toBe(1)
    expect(readdirSync(elsewhere)).toEqual([])
    reaches('folder-read-only', codes(at))
  })

  test('a full disk is told as such, and the file is taken once there is room', async () => {
    // A disk cannot be filled in a test: what it answers is thrown where the take, after the look, asks about the file.
    let full = true
    let asked = 0
    const last = new Map<string, { sha256: string; met: string | null }>()
    last.get = (file) => {
      if (full && asked++ > 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      return Map.prototype.get.call(last, file)
    }
    const at = await watched({ last })
    put(at, 'vendors.csv')
    await at.rest()
    reaches('disk-full', codes(at))
    full = false
    await at.pass(3_600_000)
    await at.rest()
    expect([at.taken.map(({ name }) => name), at.over]).toEqual([['vendors.csv'], ['disk-full']])
  })

  test('a run that fails is told and tried again at the next scan; other files go on', async () => {
    let fails = true
    const at = await watched({
      settings: { scanMs: 60_000 },
      onFile: (file) => {
        if (fails && file.name === 'vendors.csv') throw new Error('ledger busy')
        return { filed: 'done' }
      },
    })
    put(at, 'vendors.csv')
    put(at, 'zjobs.csv', 'Job,Description\r\n')
    await at.rest()
    expect(at.troubles).toEqual([
      expect.objectContaining({ code: 'run-failed', params: expect.objectContaining({ reason: 'ledger busy' }) }),
    ])
    reaches('run-failed', codes(at))
    expect(filed(at, 'done')).toEqual([expect.stringMatching(/zjobs/)])
    fails = false
    await at.rest()
    expect(filed(at, 'done').length).toBe(1)
    await at.pass(60_000)
    expect([filed(at, 'done').length, at.over]).toEqual([2, expect.arrayContaining(['run-failed'])])
  })

  test('a run that goes on failing is tried less and less often, and leaves no copies behind', async () => {
    const at = await watched({
      settings: { scanMs: 1000 },
      onFile: () => ({ filed: 'waiting', problem: problem('run-failed', { reason: 'ledger busy', when: 'later' }) }),
    })
    put(at, 'vendors.csv')
    await at.rest()
    for (const wait of [1000, 2000, 4000, 8000]) {
      const before = at.taken.length
      await at.pass(wait - 1)
      expect(at.taken.length).toBe(before)
      await at.pass(1)
      expect(at.taken.length).toBe(before + 1)
    }
    expect(readdirSync(at.spoolFolder)).toEqual([])
  })
})
