import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { manifestSays } from '../../../../agent/connectors/folder/manifest.ts'
import { reaches } from '../../../support/reaches.ts'
import { type Watched, watched } from './watched.ts'

const csv = 'Vendor,Name\r\nV1,Marlow\r\n'
const sha256 = createHash('sha256').update(csv).digest('hex')
const whole = { entity: 'vendors', extractedAt: '2026-03-01T14:02:00Z', rows: 1, sha256, complete: true }
const put = (at: Watched, name: string, content: string): void => writeFileSync(join(at.path, name), content)

describe('what lies beside an export', () => {
  test('a manifest beats the waiting and proves the export complete, as of its own time', async () => {
    const at = await watched()
    put(at, 'vendors.csv', csv)
    put(at, 'vendors.csv.manifest.json', JSON.stringify(whole))
    await at.pass(0)
    expect(at.taken).toEqual([
      expect.objectContaining({
        name: 'vendors.csv',
        complete: { proof: 'manifest', rows: 1 },
        asOf: '2026-03-01T14:02:00.000Z',
        entity: 'vendors',
      }),
    ])
  })

  test.each([
    ['with a row count', '2\r\n', { proof: 'ok-file', rows: 2 }],
    ['empty', '', { proof: 'none' }],
    ['with other words', 'done', { proof: 'none' }],
  ])('an .ok file %s ends the waiting', async (_, content, complete) => {
    const at = await watched()
    put(at, 'vendors.csv', csv)
    put(at, 'vendors.csv.ok', content)
    await at.pass(0)
    expect(at.taken).toEqual([expect.objectContaining({ name: 'vendors.csv', complete })])
  })

  test.each([
    ['promises another hash', JSON.stringify({ ...whole, sha256: '0'.repeat(64) }), 'sha256'],
    ['is no JSON', '{ entity: vendors', 'layout'],
    ['names an entity we do not know', JSON.stringify({ ...whole, entity: 'invoices' }), 'layout'],
  ])('a manifest that %s: refused with the reason, and nobody is handed the file', async (_, content, what) => {
    const at = await watched()
    put(at, 'vendors.csv', csv)
    put(at, 'vendors.csv.manifest.json', content)
    await at.rest()
    expect(at.taken).toEqual([])
    expect(at.troubles).toEqual([expect.objectContaining({ code: 'manifest-mismatch', params: expect.objectContaining({ what }) })])
    const refused = readdirSync(join(at.path, 'refused')).sort()
    expect(readFileSync(join(at.path, 'refused', refused[1] as string), 'utf8')).toContain('disagree')
  })

  test('when both are exported again, the trouble is over', async () => {
    const at = await watched()
    put(at, 'vendors.csv', csv)
    put(at, 'vendors.csv.manifest.json', JSON.stringify({ ...whole, sha256: '0'.repeat(64) }))
    await at.rest()
    put(at, 'vendors.csv.manifest.json', JSON.stringify(whole))
    await at.rest()
    expect([at.taken.length, at.over]).toEqual([1, ['manifest-mismatch']])
  })

  test('yesterday’s manifest says nothing about today’s file', async () => {
    const at = await watched()
    put(at, 'vendors.csv.manifest.json', JSON.stringify({ ...whole, sha256: '0'.repeat(64) }))
    utimesSync(join(at.path, 'vendors.csv.manifest.json'), new Date(), new Date(Date.now() - 86_400_000))
    put(at, 'vendors.csv', csv)
    await at.pass(0)
    expect(at.taken).toEqual([])
    await at.rest()
    expect(at.taken).toEqual([expect.objectContaining({ complete: { proof: 'none' } })])
  })

  test('a manifest that comes late still tells that the export was complete', async () => {
    const at = await watched()
    put(at, 'vendors.csv', csv)
    await at.rest()
    put(at, 'vendors.csv.manifest.json', JSON.stringify(whole))
    await at.rest()
    expect(at.taken.map(({ spool, complete }) => [spool !== null, complete.proof])).toEqual([
      [true, 'none'],
      [false, 'manifest'],
    ])
  })

  test('a manifest finished while its file waits its turn is read as it is then, and the file taken once', async () => {
    const finish = (): void => put(at, 'vendors.csv.manifest.json', JSON.stringify(whole))
    const at: Watched = await watched({
      onFile: ({ name }) => {
        if (name === 'jobs.csv') finish()
        return { filed: 'done' }
      },
    })
    for (const [name, content] of Object.entries({
      'jobs.csv': csv,
      'jobs.csv.ok': '1',
      'vendors.csv': csv,
      'vendors.csv.manifest.json': '{',
    }))
      put(at, name, content)
    await at.pass(0)
    await at.rest()
    expect([at.taken.map(({ name }) => name), at.troubles]).toEqual([['jobs.csv', 'vendors.csv'], []])
  })

  test('an empty manifest is one being written: the file waits for it', async () => {
    const at = await watched()
    put(at, 'vendors.csv', csv)
    put(at, 'vendors.csv.manifest.json', '')
    await at.pass(0)
    put(at, 'vendors.csv.manifest.json', JSON.stringify(whole))
    await at.pass(0)
    expect([at.taken.map(({ complete }) => complete.proof), at.troubles]).toEqual([['manifest'], []])
  })

  test('an .ok beside nothing, or beside a file still empty, is nothing', async () => {
    const at = await watched()
    put(at, 'vendors.csv.ok', '1')
    put(at, 'jobs.csv', '')
    put(at, 'jobs.csv.ok', '0')
    await at.rest()
    expect([at.taken, existsSync(join(at.path, 'done'))]).toEqual([[], false])
  })

  test('only a manifest that says complete, with rows, proves it', () => {
    expect(manifestSays(JSON.stringify({ rows: 3 }), 'f')).toMatchObject({ complete: { proof: 'none' } })
    expect(manifestSays(JSON.stringify({ complete: true }), 'f')).toMatchObject({ complete: { proof: 'none' } })
    expect(manifestSays(JSON.stringify({ complete: true, rows: 3 }), 'f')).toMatchObject({ complete: { proof: 'manifest', rows: 3 } })
    expect(manifestSays(JSON.stringify({ complete: true, rows: -1 }), 'f')).toMatchObject({ code: 'manifest-mismatch' })
  })
})

describe.each(['leave', 'move'] as const)('exports that belong together (originals: %s)', (originals) => {
  const files = ['vendors.csv', 'jobs.csv']
  const said = JSON.stringify({ files })

  test('half of a set is left alone until the other half is there, then all of it is taken', async () => {
    const at = await watched({ settings: { originals, scanMs: 1000 } })
    put(at, 'vendors.csv', csv)
    put(at, 'vendors.csv.manifest.json', said)
    await at.rest()
    expect([at.taken, readdirSync(at.spoolFolder)]).toEqual([[], []])
    put(at, 'jobs.csv', 'Job,Description\r\n')
    await at.pass(0)
    expect(at.taken, 'its own manifest says when it is whole').toEqual([])
    put(at, 'jobs.csv.manifest.json', said)
    for (let n = 0; n < 6; n++) await at.rest()
    expect(at.taken.map(({ name }) => name).sort()).toEqual(['jobs.csv', 'vendors.csv'])
    expect(at.over).toEqual(at.troubles.length > 0 ? ['set-incomplete'] : [])
  })

  test('a half that stays half is said, with the name of what is missing', async () => {
    const at = await watched({ settings: { originals, scanMs: 1000 } })
    put(at, 'vendors.csv', csv)
    put(at, 'vendors.csv.manifest.json', said)
    await at.pass(0)
    expect(at.troubles).toEqual([])
    for (let n = 0; n < 4; n++) await at.rest()
    expect(at.troubles[0]).toMatchObject({ params: { file: 'vendors.csv', missing: 'jobs.csv' } })
    reaches('set-incomplete', at.troubles[0]?.code)
    expect(at.taken).toEqual([])
  })

  test('a set may not reach out of the folder', () => {
    expect(manifestSays(JSON.stringify({ files: ['../secrets.csv'] }), 'f')).toMatchObject({ code: 'manifest-mismatch' })
  })
})
