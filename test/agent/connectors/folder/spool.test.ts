import { createHash } from 'node:crypto'
import { appendFileSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { filedName } from '../../../../agent/connectors/folder/file-away.ts'
import { folder } from '../../../../agent/connectors/folder/folder.ts'
import { isExpired, sweep } from '../../../../agent/connectors/folder/keep.ts'
import { folderOf } from '../../../../agent/connectors/folder/settings.ts'
import { isSettled, look, quietFor } from '../../../../agent/connectors/folder/settle.ts'
import { spool } from '../../../../agent/connectors/folder/spool.ts'
import { tempFolder } from './watched.ts'

const sha = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex')

describe('the private copy', () => {
  test.each([0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) * 3 + 17])('%i bytes arrive whole, with their hash', async (size) => {
    const content = Buffer.alloc(size, 'abcdefg')
    const [source, to] = [join(tempFolder(), 'a.csv'), tempFolder()]
    writeFileSync(source, content)
    const spooled = await spool(source, { folder: to, last: null })
    if (spooled.moved || spooled.spool === null) throw new Error('not spooled')
    expect([spooled.sha256, readFileSync(spooled.spool).equals(content)]).toEqual([sha(content), true])
  })

  test('the same content is not copied; the same size with other content is', async () => {
    const [source, to] = [join(tempFolder(), 'a.csv'), tempFolder()]
    writeFileSync(source, 'abc')
    expect(await spool(source, { folder: to, last: { sha256: sha('abc'), size: 3 } })).toMatchObject({ spool: null })
    expect(await spool(source, { folder: to, last: { sha256: sha('abc'), size: null } })).toMatchObject({ spool: null })
    expect(readdirSync(to)).toEqual([])
    expect(await spool(source, { folder: to, last: { sha256: sha('abd'), size: 3 } })).toMatchObject({ sha256: sha('abc') })
    expect(readdirSync(to).length).toBe(1)
  })

  test('a file that grows while it is copied is given up and leaves nothing behind', async () => {
    const [source, to] = [join(tempFolder(), 'a.csv'), tempFolder()]
    writeFileSync(source, Buffer.alloc(96 << 20, 'x'))
    const spooling = spool(source, { folder: to, last: null })
    await vi.waitFor(() => expect(readdirSync(to).length).toBe(1), { interval: 1 })
    appendFileSync(source, 'y')
    expect(await spooling).toEqual({ moved: true })
    expect(readdirSync(to)).toEqual([])
  })

  test('the stop ends a copy under way', async () => {
    const [source, to] = [join(tempFolder(), 'a.csv'), tempFolder()]
    writeFileSync(source, Buffer.alloc(8 << 20, 'x'))
    const stop = new AbortController()
    stop.abort()
    await expect(spool(source, { folder: to, last: null, signal: stop.signal })).rejects.toThrow()
    expect(readdirSync(to)).toEqual([])
  })

  test.skipIf(process.platform === 'win32')('a link put there at the last moment is not followed', async () => {
    const [outside, at] = [join(tempFolder(), 'secret.csv'), tempFolder()]
    writeFileSync(outside, 'secret')
    symlinkSync(outside, join(at, 'a.csv'))
    await expect(spool(join(at, 'a.csv'), { folder: tempFolder(), last: null })).rejects.toMatchObject({ code: 'ELOOP' })
  })
})

describe('rest', () => {
  const seen = { size: 5, mtimeMs: 1, ctimeMs: 1, ino: 1 }

  test('three equal looks over the quiet period, no fewer and no shorter', () => {
    const one = look(null, seen, 0)
    const two = look(one, seen, 1000)
    expect([one, two, look(look(two, seen, 1001), seen, 1002)].map((rest) => isSettled(rest, 1000))).toEqual([false, false, true])
    expect(isSettled(look(look(one, seen, 100), seen, 999), 1000)).toBe(false)
  })

  test.each(['size', 'mtimeMs', 'ctimeMs', 'ino'] as const)('another %s starts it over', (what) => {
    const rest = look(look(look(null, seen, 0), seen, 500), { ...seen, [what]: 9 }, 1000)
    expect([rest.looks, rest.since, isSettled(rest, 1000)]).toEqual([1, 1000, false])
  })

  test('a file without a last line end waits longer', () => {
    expect([quietFor('whole', 1000), quietFor('open', 1000)]).toEqual([1000, 3000])
  })
})

describe('what is kept', () => {
  test('fourteen days, and nothing of a clock set back', () => {
    const day = 86_400_000
    expect([isExpired(0, 14 * day, 14), isExpired(0, 14 * day + 1, 14), isExpired(20 * day, 0, 14)]).toEqual([false, true, false])
  })

  test('old copies leave done/, refused/ and the spool; exports in the folder itself never', async () => {
    const [at, spoolFolder] = [tempFolder(), tempFolder()]
    const { mkdirSync } = await import('node:fs')
    for (const kind of ['done', 'refused']) mkdirSync(join(at, kind))
    const old = [join(at, 'done', 'a.csv'), join(at, 'refused', 'b.csv'), join(spoolFolder, 'c.spool')]
    for (const path of [...old, join(at, 'vendors.csv')]) writeFileSync(path, 'x')
    expect(await sweep({ folder: at, spoolFolder, keepDays: 14 }, Date.now())).toBe(0)
    expect(await sweep({ folder: at, spoolFolder, keepDays: 14 }, Date.now() + 15 * 86_400_000)).toBe(3)
    expect(readdirSync(at).sort()).toEqual(['done', 'refused', 'vendors.csv'])
  })

  test('the name tells when and what', () => {
    const at = new Date(2026, 10, 22, 14, 2, 11).getTime()
    expect([filedName('vendors.csv', at), filedName('vendors.csv', at, 1)]).toEqual([
      '2026-11-22_140211_vendors.csv',
      '2026-11-22_140211-2_vendors.csv',
    ])
  })
})

describe('setting a folder up', () => {
  test('a share rests longer and is listed less often', () => {
    expect(folderOf({ path: '/x' })).toMatchObject({ share: false, quietMs: 1000, scanMs: 30_000, originals: 'leave', keepDays: 14 })
    expect(folderOf({ path: '//s/x', share: true })).toMatchObject({ quietMs: 5000, scanMs: 30_000 })
    expect(() => folderOf({ path: '' })).toThrow()
  })

  test('Test tells a folder that works from one that is not there', async () => {
    const path = tempFolder()
    expect((await folder.test({ path })).map(({ name, ok }) => [name, ok])).toEqual([
      ['reachable', true],
      ['writable', true],
    ])
    expect(readdirSync(path)).toEqual([])
    expect(await folder.test({ path: join(path, 'none') })).toMatchObject([
      { ok: false, problem: { code: 'folder-unreachable', params: { reason: 'ENOENT' } } },
      { ok: false },
    ])
  })
})
