// Every way a file comes about that we know of (how exporters, Excel, copies and tools write), each with real files.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { contents, csv, put, tempFolder, watched } from './watched.ts'

const more = `${csv}V2,Larch\r\nV3,Hollow Oak Drywall and Interiors\r\n`
const names = (at: { taken: { name: string }[] }): string[] => at.taken.map(({ name }) => name)

describe('programs that write', () => {
  test('LibreOffice has it open: its lock file is no export, and the saved file is taken once', async () => {
    const at = await watched()
    put(at, '.~lock.vendors.csv#', ',robin,server,22.11.2026 14:02,file:///;')
    const path = put(at, 'vendors.csv')
    await at.rest()
    writeFileSync(path, more)
    unlinkSync(join(at.path, '.~lock.vendors.csv#'))
    await at.rest()
    expect(contents(at)).toEqual([csv, more])
  })

  test('Excel dies in the middle of saving: its in-between name is not taken for the export', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv')
    await at.rest()
    put(at, '8A1B2C3D', more)
    unlinkSync(path)
    await at.rest()
    await at.rest()
    expect(names(at)).toEqual(['vendors.csv'])
  })

  test('a script that truncates and writes in place: neither the empty nor the half file is taken', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv')
    await at.rest()
    writeFileSync(path, '')
    await at.pass(600)
    appendFileSync(path, csv.slice(0, 9))
    await at.pass(600)
    appendFileSync(path, more.slice(9))
    await at.rest()
    expect(contents(at)).toEqual([csv, more])
  })

  test.each([
    ['in the middle of a number', `${csv}V2,Lar`, 'ch\r\n'],
    ['within quotes, at a line end', `${csv}V2,"two\r\n`, 'lines"\r\n'],
    ['after fewer fields than the header has', `${csv}V2\r\n`, ''],
  ])('a pause longer than the quiet period, %s: the file rests longer before it is believed', async (_, half, rest) => {
    const at = await watched()
    const path = put(at, 'vendors.csv', half)
    await at.rest()
    await at.pass(500)
    expect(at.taken).toEqual([])
    if (rest === '') {
      await at.pass(1500) // it stays as it is: whoever wrote it meant it
      expect(contents(at)).toEqual([half])
      return
    }
    appendFileSync(path, rest)
    await at.rest()
    await at.rest()
    await at.rest()
    expect(contents(at)).toEqual([half + rest])
  })

  test('a copy that has its final size at once, zeros still arriving: not at rest until they are gone', async () => {
    const at = await watched()
    const path = join(at.path, 'vendors.csv')
    const file = openSync(path, 'w')
    ftruncateSync(file, more.length)
    writeSync(file, csv.slice(0, 12), 0)
    const preserved = new Date('2026-11-20T06:00:00Z') // copies keep the old time
    utimesSync(path, preserved, preserved)
    for (let n = 0; n < 20; n++) await at.rest() // half a minute
    expect(at.taken).toEqual([])
    writeSync(file, more, 0)
    closeSync(file)
    utimesSync(path, preserved, preserved)
    await at.rest()
    expect(contents(at)).toEqual([more])
  })

  test('two writers at once: nothing while they write, then what they left, once', async () => {
    const at = await watched()
    const path = join(at.path, 'vendors.csv')
    const [one, other] = [openSync(path, 'w'), openSync(path, 'a')]
    for (let line = 0; line < 6; line++) {
      writeSync(line % 2 ? other : one, line === 0 ? csv : `V${line},Larch\r\n`)
      await at.pass(700)
    }
    expect(at.taken).toEqual([])
    closeSync(one)
    closeSync(other)
    await at.rest()
    expect(contents(at)).toEqual([readFileSync(path, 'utf8')])
  })

  test('created and deleted at once: nothing, and nothing is said', async () => {
    const at = await watched()
    for (let n = 0; n < 20; n++) {
      unlinkSync(put(at, `vendors${n % 3}.csv`))
      await at.pass(300)
    }
    expect([at.taken, at.troubles]).toEqual([[], []])
  })

  test('deleted as it is about to be taken: nothing, and nothing is said', async () => {
    const at = await watched()
    const path = put(at, 'vendors.csv')
    await at.pass(500)
    const taking = at.pass(500)
    rmSync(path)
    await taking
    await at.rest()
    expect(at.troubles).toEqual([])
  })

  test('a name that a tool puts in place by a hard link or a rename is taken under that name', async () => {
    const at = await watched()
    const made = join(tempFolder(), 'made.csv')
    writeFileSync(made, csv)
    linkSync(made, join(at.path, 'vendors.csv'))
    renameSync(put(at, 'jobs.csv.part', 'Job,Description\r\n'), join(at.path, 'jobs.csv'))
    await at.rest()
    expect(names(at).sort()).toEqual(['jobs.csv', 'vendors.csv'])
  })

  test('a file whose time is older than what was last taken is handed over with that time: whether it counts is not the folder’s to say', async () => {
    const at = await watched()
    put(at, 'vendors.csv')
    await at.rest()
    const old = put(at, 'vendors-old.csv', more)
    utimesSync(old, new Date('2026-01-05T06:00:00Z'), new Date('2026-01-05T06:00:00Z'))
    await at.rest()
    expect(at.taken.map(({ asOf }) => asOf)[1]).toBe('2026-01-05T06:00:00.000Z')
  })

  test('zero bytes, however long: nothing, and nothing is said', async () => {
    const at = await watched()
    put(at, 'vendors.csv', '')
    for (let n = 0; n < 4; n++) await at.rest()
    expect([at.taken, at.troubles]).toEqual([[], []])
  })

  test('a named pipe, a folder and a link to a folder called like exports hold nothing up', async () => {
    const at = await watched()
    mkdirSync(join(at.path, 'jobs.csv'))
    symlinkSync(tempFolder(), join(at.path, 'costs.csv'))
    const [code] = await once(spawn('mkfifo', [join(at.path, 'pipe.csv')]), 'exit')
    expect(code).toBe(0)
    put(at, 'vendors.csv')
    await at.rest()
    expect(names(at)).toEqual(['vendors.csv'])
  })

  test('what we file ourselves is never taken for an export', async () => {
    const at = await watched({ settings: { originals: 'move' } })
    put(at, 'vendors.csv')
    await at.rest()
    const [filed = ''] = readdirSync(join(at.path, 'done'))
    expect(filed).toContain('vendors.csv')
    for (let n = 0; n < 3; n++) await at.rest()
    expect(names(at)).toEqual(['vendors.csv'])
    expect(existsSync(join(at.path, 'vendors.csv'))).toBe(false)
  })

  test.skipIf(process.seteuid === undefined)(
    'a file held by another program for long is said, the others go on, and it is taken once it is let go',
    async () => {
      const at = await watched({ settings: { scanMs: 1000 } })
      for (const folder of [at.path, at.spoolFolder]) chmodSync(folder, 0o777)
      const path = put(at, 'vendors.csv')
      chmodSync(path, 0) // what a lock is on Windows: it is there, and cannot be opened
      const me = asNobody()
      writeFileSync(join(at.path, 'jobs.csv'), 'Job,Description\r\n')
      for (let n = 0; n < 5; n++) await at.rest()
      expect([names(at), at.troubles], 'held for a moment is normal').toEqual([['jobs.csv'], []])
      for (let n = 0; n < 5; n++) await at.rest()
      expect(new Set(at.troubles.map(({ code }) => code))).toEqual(new Set(['file-unreadable']))
      me()
      chmodSync(path, 0o644)
      for (let n = 0; n < 8; n++) await at.rest()
      expect([names(at), at.over]).toEqual([['jobs.csv', 'vendors.csv'], ['file-unreadable']])
    },
  )
})

/** Permissions hold for everybody but the administrator: for a while we are nobody. Answers how to be oneself again. */
function asNobody(): () => void {
  const me = process.geteuid?.() ?? 0
  if (me !== 0) return () => undefined
  const back = (): void => process.seteuid?.(me)
  process.seteuid?.(65_534)
  onTestFinished(back)
  return back
}

describe('a folder one may not write to', () => {
  test.each(['done', 'refused'])('something else lies where %s/ should be: said, the take stands, over once it is gone', async (kind) => {
    const at = await watched({
      settings: { scanMs: 1000 },
      onFile: () =>
        kind === 'done'
          ? { filed: 'done' }
          : { filed: 'refused', problem: { code: 'file-unknown', params: { file: 'x', suggestion: '' } } },
    })
    mkdirSync(join(at.path, 'elsewhere'))
    symlinkSync(join(at.path, 'elsewhere'), join(at.path, kind))
    put(at, 'vendors.csv')
    await at.rest()
    expect(at.troubles.map(({ code }) => code)).toContain('folder-read-only')
    expect(names(at)).toEqual(['vendors.csv'])
    rmSync(join(at.path, kind))
    put(at, 'vendors.csv', more)
    await at.rest()
    expect(at.over).toContain('folder-read-only')
    expect(readdirSync(join(at.path, kind)).length).toBeGreaterThan(0)
  })

  test.skipIf(process.seteuid === undefined)('without the right to write there: said, the take stands, over once it is given', async () => {
    const at = await watched({ settings: { scanMs: 1000 } })
    put(at, 'vendors.csv')
    chmodSync(at.spoolFolder, 0o777)
    chmodSync(at.path, 0o555)
    const me = asNobody()
    await at.rest()
    expect([names(at), at.troubles.map(({ code }) => code)]).toEqual([['vendors.csv'], ['folder-read-only']])
    me()
    chmodSync(at.path, 0o777)
    put(at, 'vendors.csv', more)
    await at.rest()
    expect(at.over).toEqual(['folder-read-only'])
  })

  test('a file lies where done/ should be: the folder counts as read-only, not the export as unreadable', async () => {
    const at = await watched()
    put(at, 'done.tmp', 'a note of somebody’s')
    renameSync(join(at.path, 'done.tmp'), join(at.path, 'done'))
    put(at, 'vendors.csv')
    await at.rest()
    expect(at.troubles.filter(({ params }) => params?.['file'] === 'vendors.csv')).toEqual([])
    expect(at.troubles.map(({ code }) => code)).toContain('folder-read-only')
    expect(statSync(join(at.path, 'done')).isFile()).toBe(true)
  })
})

describe('a share that comes and goes', () => {
  const days = 'Job,Description\r\n'

  test('lost for long: said once, whatever is looked, and each file is taken once', async () => {
    const at = await watched({ settings: { share: true, quietMs: 1000 } })
    put(at, 'vendors.csv')
    await at.rest()
    const away = `${at.path}-away`
    renameSync(at.path, away)
    for (let n = 0; n < 10; n++) await at.rest()
    expect(at.troubles.map(({ code }) => code)).toEqual(['folder-unreachable'])
    renameSync(away, at.path)
    await at.rest()
    expect([names(at), at.over]).toEqual([['vendors.csv'], ['folder-unreachable']])
  })

  test('suddenly empty, then full again: nothing is told of files that are gone, and what was taken is not taken again', async () => {
    const last = new Map()
    const at = await watched({ last, settings: { share: true, quietMs: 1000 } })
    put(at, 'vendors.csv')
    put(at, 'jobs.csv', days)
    await at.rest()
    const hidden = tempFolder()
    const away = ['vendors.csv', 'jobs.csv']
    for (const name of away) renameSync(join(at.path, name), join(hidden, name))
    await at.rest()
    expect([at.taken.length, at.troubles]).toEqual([2, []])
    for (const name of away) renameSync(join(hidden, name), join(at.path, name))
    await at.rest()
    // A rename moves ctime, so they are looked into; their content is known, and nothing is copied.
    expect(
      contents(at)
        .slice(2)
        .filter((content) => content !== null),
    ).toEqual([])
  })
})
