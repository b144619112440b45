import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { Fingerprint } from '../../../agent/formats/fingerprint.ts'
import { defaultReadSettings, type Format, type ReadSettings } from '../../../agent/formats/format.ts'
import { type Batch, type NewRow, Rescan } from '../../../agent/formats/rescan.ts'
import { sageJcTransactions } from '../../../agent/formats/sage-jc-transactions.ts'
import { sageVendors } from '../../../agent/formats/sage-vendors.ts'
import { settingsVersion } from '../../../agent/formats/settings-version.ts'
import type { Problem, Trouble } from '../../../shared/problem.ts'

const folder = mkdtempSync(join(tmpdir(), 'rescan-'))
afterAll(() => rmSync(folder, { recursive: true }))

const seed = Uint8Array.from({ length: 16 }, (_, at) => at * 7 + 1)
let files = 0

type Take = { rescan: Rescan; rows: NewRow[]; problems: Problem[]; batches: Batch[]; pack: Uint8Array }

/** Reads a file as the ledger does: assigns each new row its record, then packs. */
function take(
  content: string | Buffer,
  previous: Uint8Array | null,
  options: { settings?: ReadSettings; format?: Format; idOf?: (row: NewRow) => number } = {},
): Take {
  const { settings = defaultReadSettings, format = sageVendors, idOf = (row) => row.slot + 1 } = options
  const path = join(folder, `${files++}.csv`)
  writeFileSync(path, content)
  const rescan = new Rescan({ seed, formatId: format.id, settingsVersion: settingsVersion(settings), previous })
  const batches = [...rescan.read(path, format, settings, 'vendors.csv')]
  const rows = batches.flatMap((batch) => batch.rows)
  for (const row of rows) rescan.assign(row.slot, idOf(row))
  return { rescan, rows, problems: batches.flatMap((batch) => batch.problems), batches, pack: rescan.pack() }
}

const troubleOf = (work: () => unknown): Problem | null => {
  try {
    work()
    return null
  } catch (error) {
    return (error as Trouble).problem
  }
}

const header = 'Vendor,Name,City\r\n'
const lines = (rows: readonly string[]): string => header + rows.map((row) => `${row}\r\n`).join('')

/** What a multiset of lines gained and lost, counted the slow way. */
function naiveDiff(before: readonly string[], after: readonly string[]): { fresh: string[]; vanished: string[] } {
  const left = [...before]
  const fresh: string[] = []
  for (const line of after) {
    const at = left.indexOf(line)
    if (at < 0) fresh.push(line)
    else left.splice(at, 1)
  }
  return { fresh: fresh.sort(), vanished: left.sort() }
}

describe('rescan', () => {
  test('any edits of a file: what is new and what vanished equal a slow count, equal rows included', () => {
    const row = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('Marlow', '"Marlow, Ltd"', 'Æther', '"two\nlines"'))
      .map(([id, name]) => `V${id},${name},Portwell`)
    const rows = fc.array(row, { minLength: 1, maxLength: 14 })
    // The same record id stands for the same line, so that a vanished id names its line.
    const names: string[] = []
    const idOf = (line: string): number => (names.includes(line) ? names.indexOf(line) : names.push(line) - 1) + 1
    fc.assert(
      fc.property(rows, rows, fc.boolean(), (first, second, shuffled) => {
        const before = shuffled ? [...second.slice(2), ...first, ...second.slice(0, 1)] : first
        const textOf = (newRow: NewRow): string => `${newRow.fields['vendor']},${newRow.fields['name']}`
        const plain = (line: string): string => line.replaceAll('"', '').replace(/,Portwell$/, '')
        const one = take(lines(before), null, { idOf: (newRow) => idOf(textOf(newRow)) })
        const two = take(lines(second), one.pack, { idOf: (newRow) => idOf(textOf(newRow)) })
        const expected = naiveDiff(before.map(plain), second.map(plain))
        expect(two.rows.map(textOf).sort()).toEqual(expected.fresh)
        expect([...two.rescan.vanished()].map((id) => names[id - 1]).sort()).toEqual(expected.vanished)
        expect(two.rescan.summary.unchanged).toBe(second.length - expected.fresh.length)
        const nowHeld = new Set(second.map(plain))
        const gone = [...new Set(before.map(plain))].filter((line) => !nowHeld.has(line))
        expect([...two.rescan.gone()].map((id) => names[id - 1]).sort()).toEqual(gone.sort())
        // A third take of the same file finds everything again.
        const three = take(lines(second), two.pack)
        expect([three.rows.length, [...three.rescan.vanished()].length, three.pack]).toEqual([0, 0, two.pack])
      }),
      { numRuns: 150 },
    )
  })

  test('the second of two equal rows is missed when it goes', () => {
    const one = take(lines(['V1,Marlow,A', 'V1,Marlow,A', 'V2,Larch,B']), null, { idOf: (row) => Number(row.key.slice(1)) })
    const two = take(lines(['V2,Larch,B', 'V1,Marlow,A']), one.pack)
    expect([...two.rescan.vanished()]).toEqual([1])
    expect([...two.rescan.gone()]).toEqual([])
  })

  test('a row with a problem is told again each time and holds back no other row', () => {
    const bad = lines(['V1,Marlow,A', 'V2,too,many,cells', 'V3,Larch,B'])
    const one = take(bad, null)
    const two = take(bad, one.pack)
    for (const { problems } of [one, two])
      expect(problems).toEqual([expect.objectContaining({ code: 'row-field-count', params: { line: 3, found: 4, expected: 3 } })])
    expect(one.rows.map((row) => row.key)).toEqual(['V1', 'V3'])
    expect(two.rescan.summary).toMatchObject({ lines: 4, unchanged: 2, fresh: 0, refused: 1 })
  })

  test('a row that got no record is read again, and so is a refused record', () => {
    const one = take(lines(['V1,Marlow,A', 'V2,Larch,B', 'V3,Oak,C']), null, { idOf: (row) => (row.key === 'V2' ? 0 : row.slot + 1) })
    one.rescan.refuse(1)
    const two = take(lines(['V1,Marlow,A', 'V2,Larch,B', 'V3,Oak,C']), one.rescan.pack())
    expect(two.rows.map((row) => row.key)).toEqual(['V1', 'V2'])
  })

  test.each([
    ['another date format', lines(['V1,Marlow,A']), { ...defaultReadSettings, date: 'dd/mm/yyyy' as const }],
    ['another column order', 'Name,Vendor,City\r\nMarlow,V1,A\r\n', defaultReadSettings],
    ['another column', 'Vendor,Name,City,State\r\nV1,Marlow,A,OR\r\n', defaultReadSettings],
  ])('%s makes every line new and says so', (_, content, settings) => {
    const one = take(lines(['V1,Marlow,A']), null)
    const two = take(content, one.pack, { settings })
    expect([one.rescan.retaken, two.rescan.retaken, two.rows.length, [...two.rescan.vanished()]]).toEqual([false, true, 1, [1]])
    expect([...two.rescan.gone()]).toEqual([])
  })

  test('another ledger, another fingerprint: what was remembered is of no use there', () => {
    const one = take(lines(['V1,Marlow,A']), null)
    const path = join(folder, 'other.csv')
    writeFileSync(path, lines(['V1,Marlow,A']))
    const other = new Rescan({
      seed: new Uint8Array(16),
      formatId: sageVendors.id,
      settingsVersion: settingsVersion(defaultReadSettings),
      previous: one.pack,
    })
    expect([...other.read(path, sageVendors, defaultReadSettings, 'v')].flatMap((batch) => batch.rows).length).toBe(1)
    expect(other.retaken).toBe(true)
  })

  test('a new title above the header, other line ends and a moved row change nothing', () => {
    const one = take(`Vendors as of 03/01/2026\r\n\r\n${lines(['V1,Marlow,A', 'V2,Larch,B'])}`, null)
    const two = take(`Vendors as of 03/02/2026\n\n${lines(['V2,Larch,B', 'V1,Marlow,A']).replaceAll('\r\n', '\n')}`, one.pack)
    expect([two.rescan.retaken, two.rows.length, [...two.rescan.vanished()].length]).toEqual([false, 0, 0])
    expect(two.rescan.summary.skipped).toEqual({ title: 2, header: 1, total: 0, blank: 0 })
  })

  test('totals and repeated headers are counted by reason and stay skipped', () => {
    const report = `${lines(['V1,Marlow,A', 'Subtotal,,'])}${lines(['V2,Larch,B', 'Grand total: 2'])}\r\n`
    const one = take(report, null)
    const two = take(report, one.pack)
    for (const { rescan } of [one, two]) expect(rescan.summary.skipped).toEqual({ title: 0, header: 2, total: 2, blank: 1 })
    expect([one.rows.length, two.rescan.summary.unchanged, [...two.rescan.vanished()].length]).toEqual([2, 2, 0])
  })

  test('a vendor who is called Total is a vendor', () => {
    expect(take(lines(['TOTAL,Total Energies,Paris']), null).rows.map((row) => row.key)).toEqual(['TOTAL'])
  })

  test.each([
    ['inside quotes', `${lines(['V1,Marlow,A'])}V2,"Larch`, 3],
    ['with cells missing', `${lines(['V1,Marlow,A'])}V2,Lar`, 3],
  ])('a file that ends %s is refused whole', (_, content, line) => {
    expect(troubleOf(() => take(content, null))).toMatchObject({ code: 'file-half', params: { line } })
  })

  test('a whole last line without a line end is taken, and said', () => {
    const { rows, rescan } = take(`${lines(['V1,Marlow,A'])}V2,Larch,B`, null)
    expect([rows.length, rescan.summary.tail]).toEqual([2, 'unterminated'])
  })

  test.each([
    ['a header and nothing else', header, 'file-empty'],
    ['a NUL far down', lines(Array.from({ length: 9000 }, (_, at) => `V${at},Marlow,${at === 8999 ? '\0' : 'A'}`)), 'file-not-text'],
    ['a column twice', 'Vendor,Name,Name\r\nV1,a,b\r\n', 'header-twice'],
  ])('%s: refused whole', (_, content, code) => {
    expect(troubleOf(() => take(content, null))).toMatchObject({ code })
  })

  test('one byte far down decides that the whole file is cp1252, and lines in ASCII stay known', () => {
    const many = Array.from({ length: 9000 }, (_, at) => `V${at},Marlow,A`)
    const one = take(Buffer.from(lines([...many, 'X1,Café,A'])), null)
    const two = take(Buffer.from(lines([...many, 'X1,Caf\u00e9,A', 'X2,\x93Oak\x94,B']), 'latin1'), one.pack)
    expect(one.rows.at(-1)?.fields['name']).toBe('Café')
    expect(two.rows.map((row) => row.fields['name'])).toEqual(['Café', '“Oak”'])
  })

  test('a file pinned to UTF-8 that is not is refused with the byte', () => {
    const content = Buffer.from(lines(['V1,Marlow,A', 'V2,Caf\u00e9,A']), 'latin1')
    expect(troubleOf(() => take(content, null, { settings: { ...defaultReadSettings, encoding: 'utf-8' } }))).toMatchObject({
      code: 'file-encoding',
      params: { offset: content.indexOf(0xe9) },
    })
  })

  test('UTF-16 is read, with offsets of the file itself', () => {
    const content = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(lines(['V1,Ærø 🏗,A', 'V2,Larch,B']), 'utf16le')])
    const { rows } = take(content, null)
    expect(rows.map((row) => row.fields['name'])).toEqual(['Ærø 🏗', 'Larch'])
    expect(content.subarray(rows[1]?.offset).toString('utf16le')).toBe('V2,Larch,B\r\n')
  })

  test('batches hold at most 1,000 rows and problems, and the offset leads to the very line', () => {
    const content = lines(Array.from({ length: 2500 }, (_, at) => (at % 5 === 0 ? `V${at},a,b,c` : `V${at},Marlow,A`)))
    const { batches, rows } = take(content, null)
    expect(batches.map(({ rows, problems }) => rows.length + problems.length)).toEqual([1000, 1000, 500])
    for (const row of rows) expect(content.slice(row.offset).split('\r\n')[0]).toBe(`${row.key},Marlow,A`)
  })

  test('many equal rows cost no more than others', () => {
    const content = lines(Array.from({ length: 200_000 }, () => 'V1,Marlow,A'))
    const one = take(content, null)
    const began = performance.now()
    const two = take(`${header}V2,Larch,B\r\n${content.slice(header.length)}`, one.pack)
    expect([two.rescan.summary.unchanged, two.rows.length]).toEqual([200_000, 1])
    expect(performance.now() - began).toBeLessThan(3000)
  })

  test.each([
    ['turned round', (rows: string[]) => rows.toReversed()],
    ['with a block moved to the end', (rows: string[]) => [...rows.slice(300), ...rows.slice(0, 300)]],
    ['with long lines moved', (rows: string[]) => [...rows.slice(40), ...rows.slice(0, 40).toReversed()]],
    ['with other rows in between', (rows: string[]) => rows.flatMap((row, at) => (at % 7 === 0 ? [row, `N${at},New,B`] : [row]))],
    ['without every third row', (rows: string[]) => rows.filter((_, at) => at % 3 !== 0)],
    ['without a block', (rows: string[]) => [...rows.slice(0, 500), ...rows.slice(40_000)]],
  ])('a large file %s: only what is new is read, only what left is missed', (what, edit) => {
    const long = what.includes('long') ? 'M'.repeat(500_000) : 'Larch'
    const rows = Array.from({ length: 50_000 }, (_, at) => `V${at},${at < 40 ? long : 'Marlow'},A`)
    const edited = edit(rows)
    const one = take(lines(rows), null, { idOf: (row) => Number(row.key.slice(1)) + 1 })
    const two = take(lines(edited), one.pack, { idOf: (row) => Number(row.key.slice(1)) + 1_000_000 })
    const [before, after] = [new Set(rows), new Set(edited)]
    expect(two.rows.length).toBe(edited.filter((row) => !before.has(row)).length)
    expect([...two.rescan.vanished()].length).toBe(rows.filter((row) => !after.has(row)).length)
    expect(two.rescan.summary.unchanged).toBe(edited.filter((row) => before.has(row)).length)
    const held = two.rescan.stillHeld()
    expect(rows.filter((row, at) => held(at + 1) !== after.has(row))).toEqual([])
    const three = take(lines(edited), two.pack)
    expect([three.rows.length, [...three.rescan.vanished()].length]).toEqual([0, 0])
  })

  test('what is kept per row is 16 bytes', () => {
    const { pack } = take(lines(Array.from({ length: 1000 }, (_, at) => `V${at},Marlow,A`)), null)
    expect(pack.length).toBe(1000 * 16 + 32)
  })

  test('job cost keeps the amount for the control total and no column about a person', () => {
    const content = 'Job,Transaction_Type,Amount,Run,Sequence,Employee,Pay_ID\r\n24-1,PR cost,12.50,7,1,Ann,REG\r\n'
    const { rows } = take(content, null, { format: sageJcTransactions })
    expect(rows[0]).toMatchObject({ key: '7||1|', amount: '12.50' })
    expect(JSON.stringify(rows[0])).not.toMatch(/Ann|REG/)
  })

  test('each lane of the fingerprint alone spreads near-equal lines as chance would', () => {
    const fingerprint = new Fingerprint(Uint32Array.of(1, 2, 3, 4), () => 8)
    const count = 300_000
    const lanes = [new Set<number>(), new Set<number>(), new Set<number>()]
    for (let at = 0; at < count; at++) {
      const line = Buffer.from(`24-1001,,03-${3000 + (at % 90)},SUB,AP cost,${at * 25}.00,V${at % 400}`)
      fingerprint.of(new DataView(line.buffer, line.byteOffset, line.length), 0, line.length)
      lanes[0]?.add(fingerprint.a)
      lanes[1]?.add(fingerprint.b)
      lanes[2]?.add(fingerprint.c)
    }
    // 32 bits: n²/2³³ ≈ 10 meetings by chance.
    for (const lane of lanes) expect(count - lane.size).toBeLessThan(35)
  })
})
