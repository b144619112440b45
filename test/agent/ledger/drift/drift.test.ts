/**
 * From one day to the next an export is written another way. Whatever becomes of it: each field is as it was or as the ERP knows it, never anything
 * else; what waits is said in words; and the next right export ends it.
 */
import { describe, expect, it } from 'vitest'
import { kinds } from '../../../../agent/items/index.ts'
import { unpackContent } from '../../../../agent/ledger/content.ts'
import { waitingBehind } from '../../../../agent/ledger/files.ts'
import { waitingFile } from '../../../../agent/ledger/release-take.ts'
import { sync } from '../../../../agent/sync.ts'
import type { problems } from '../../../../shared/problem.ts'
import { wordsFor } from '../../../../shared/words/index.ts'
import { sayTold } from '../../../../shared/words/say-problem.ts'
import { reaches } from '../../../support/reaches.ts'
import { openCompany, type TestCompany } from '../company.ts'
import { type Case, cases, styleOf, waitsOf } from './cases.ts'
import { type Table, tables } from './tables.ts'
import { type Style, usual, written } from './write.ts'

type Known = Record<string, Record<string, string | null>>

const readingOf = ({ date }: Style, { entity, mapping }: Table) => ({ date, ...(mapping && { mappings: [{ entity, columns: mapping }] }) })
const companyOf = (table: Table, style: Style) => openCompany({ settings: { reading: readingOf(style, table) } })
const nameOf = ({ file }: Table, { as }: Style): string => `${file}.${as.startsWith('xlsx') ? 'xlsx' : 'csv'}`

const recordsOf = (company: TestCompany, { entity }: Table): Known =>
  Object.fromEntries(
    company
      .rows(
        "select r.key, r.content, r.amount from records r join sources s on s.id = r.source where s.entity = ? and r.key not like 'wages %'",
        entity,
      )
      .map(({ key, content, amount }) => [key, { ...unpackContent(kinds[entity].fields, String(content)), amounts: String(amount) }]),
  )
const sumsOf = (company: TestCompany) => company.rows("select key, amount from records where key like 'wages %' order by key")

/** What the ledger holds once the second day's export came as it should have. */
async function truthOf(table: Table, style: Style) {
  const company = await companyOf(table, style)
  await company.drop(nameOf(table, style), written({ header: table.header, rows: table.first }, table, style))
  const first = recordsOf(company, table)
  await company.drop(nameOf(table, style), written({ header: table.header, rows: table.next }, table, style))
  return { first, next: recordsOf(company, table), sums: sumsOf(company) }
}

const told = (company: TestCompany, language: string): string[] =>
  company
    .rows('select code, params from problems where closed_at is null group by cause, line order by id')
    .map(({ code, params }) => sayTold(wordsFor(language), { code: code as keyof typeof problems, params: JSON.parse(String(params)) }))
    .map(({ says, next }) => `${says} ${next}`)

/** As it was where it waits, as the ERP knows it where not; a new record that waits is not there. */
function expected({ first, next }: { first: Known; next: Known }, waits: readonly string[]): Known {
  const rows = Object.entries(next).flatMap(([key, fields]) => {
    const was = first[key]
    if (waits.includes(key)) return was ? [[key, was] as const] : []
    const held = waits.flatMap((one) => (one.startsWith(`${key}.`) ? [one.slice(key.length + 1)] : []))
    const kept = Object.fromEntries(held.map((field) => [field, was?.[field] ?? null]))
    return [[key, { ...fields, ...kept }] as const]
  })
  return Object.fromEntries(rows)
}

async function driftedBy(one: Case) {
  const table: Table = tables[one.table]
  const [was, is] = [styleOf(one, 'was'), styleOf(one, 'is')]
  const truth = await truthOf(table, was)
  const company = await companyOf(table, was)
  await company.drop(nameOf(table, was), written({ header: table.header, rows: table.first }, table, was))
  const grid = { header: table.header, rows: table.next }
  const outcome = await company.drop(nameOf(table, is), written(one.turned?.(grid) ?? grid, table, is))
  return { table, was, truth, company, outcome }
}

describe('an export written another way', () => {
  it.each(cases.map((one) => [`${one.table}: ${one.name}`, one] as const))('%s', async (_, one) => {
    const { table, was, truth, company, outcome } = await driftedBy(one)
    const said = told(company, 'en')
    for (const words of one.told) expect(said).toContainEqual(expect.stringMatching(words))
    if (one.told.length === 0) expect(said).toEqual([])
    expect(outcome.filed).toBe(one.refused ? 'refused' : 'done')
    if (one.counts) expect(outcome.counts).toMatchObject(one.counts)
    expect(recordsOf(company, table)).toEqual(one.refused ? truth.first : expected(truth, waitsOf(one)))

    await company.drop(nameOf(table, was), written({ header: table.header, rows: table.next }, table, was))
    expect(told(company, 'en'), 'it is over by itself').toEqual([])
    expect(recordsOf(company, table)).toEqual(truth.next)
    expect(sumsOf(company)).toEqual(truth.sums)
  })

  it('is one of sixty and more, all but the harmless told', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60)
    expect(cases.filter(({ told, waits }) => told.length === 0 && waits.length > 0)).toEqual([])
  })
})

const caseOf = (name: string): Case => cases.find((one) => one.name.startsWith(name)) as Case
const open = (company: TestCompany) =>
  company.rows('select distinct code, cause from problems where closed_at is null').map(({ code }) => code)

describe('what a person is told', () => {
  it('of a column that changed', async () => {
    const { company } = await driftedBy(caseOf('postal codes'))
    reaches('column-changed', open(company))
    expect([...told(company, 'en'), ...told(company, 'de')]).toMatchInlineSnapshot(`
      [
        "vendors.csv, ZIP, line 2: “02110” has lost its leading zeros and reads “2110”. What was known stays, and what may be meant otherwise waits (4 rows); the rest was taken. Export it as before, or set how this connection’s files are read. If it is right as it is, let it through.",
        "vendors.csv, ZIP, Zeile 2: „02110“ hat die führenden Nullen verloren und lautet jetzt „2110“. Bekanntes bleibt wie es war, und was anders gemeint sein kann, wartet (4 Zeilen); der Rest wurde übernommen. Wie bisher exportieren oder einstellen, wie Dateien dieser Verbindung gelesen werden. Stimmt es so, durchlassen.",
      ]
    `)
  })

  it('of a column that seems to have another name', async () => {
    const { company } = await driftedBy(caseOf('City under another name'))
    reaches('columns-renamed', open(company))
    expect([...told(company, 'en'), ...told(company, 'de')]).toMatchInlineSnapshot(`
      [
        "vendors.csv lacks columns it had before, City, and has new ones: Whatever. What the missing ones said stays as it was, and new rows wait (4 rows in all); the rest was taken. If they are the same under other names, export it with the old ones or name the new ones in a mapping. If they are gone for good, let it through.",
        "vendors.csv fehlen Spalten, die es bisher gab, City, und neu sind: Whatever. Was in den fehlenden stand, bleibt wie es war, und neue Zeilen warten (zusammen 4 Zeilen); der Rest wurde übernommen. Heißen sie nur anders, mit den alten Namen exportieren oder die neuen in einer Zuordnung nennen. Sind sie für immer weg, durchlassen.",
      ]
    `)
  })

  it('of a header in another language', async () => {
    const { company } = await driftedBy(caseOf('a header in another language'))
    reaches('header-changed', open(company))
    expect([...told(company, 'en'), ...told(company, 'de')]).toMatchInlineSnapshot(`
      [
        "vendors.csv can no longer be read; until now it had the columns Vendor, Name, Address_1, City, State, ZIP, Telephone. Its columns are Kreditor, Bezeichnung, Straße, Ort, Land, PLZ, Telefon. Export it with them again, or name the new ones in a mapping. Nothing of it was taken; what was known stays.",
        "vendors.csv lässt sich nicht mehr lesen; bisher gab es die Spalten Vendor, Name, Address_1, City, State, ZIP, Telephone. Ihre Spalten sind Kreditor, Bezeichnung, Straße, Ort, Land, PLZ, Telefon. Mit ihnen neu exportieren oder die neuen in einer Zuordnung nennen. Nichts davon wurde übernommen; Bekanntes bleibt.",
      ]
    `)
  })

  it('of days and months that have changed places', async () => {
    const { company } = await driftedBy(caseOf('days before months, every day'))
    expect([...told(company, 'en'), ...told(company, 'de')]).toMatchInlineSnapshot(`
      [
        "jobs.csv, Contract_Date, line 2: day and month have changed places, 2026-03-04 is now 2026-04-03. What was known stays, and what may be meant otherwise waits (3 rows); the rest was taken. Export it as before, or set how this connection’s files are read. If it is right as it is, let it through.",
        "jobs.csv, Contract_Date, Zeile 2: Tag und Monat haben die Plätze getauscht, aus 2026-03-04 wurde 2026-04-03. Bekanntes bleibt wie es war, und was anders gemeint sein kann, wartet (3 Zeilen); der Rest wurde übernommen. Wie bisher exportieren oder einstellen, wie Dateien dieser Verbindung gelesen werden. Stimmt es so, durchlassen.",
      ]
    `)
  })
})

describe('a person decides', () => {
  /** As `retry CAUSE` does: every file that waits because of it, in part or whole. */
  const letThrough = async (company: TestCompany) => {
    const [cause] = company.rows('select cause from problems where closed_at is null')
    for (const waiting of waitingBehind(company.raw, String(cause?.['cause']))) {
      const found = waitingFile(company.raw, waiting)
      if (!found) throw new Error('no file waits')
      expect(await sync(company.transact, { ...found, waiting })).toMatchObject({ filed: 'done' })
    }
  }

  it('that it is right as it is: then all of it is taken, and stays taken', async () => {
    const { company, table } = await driftedBy(caseOf('days before months, every day'))
    await letThrough(company)
    expect(open(company)).toEqual([])
    expect(recordsOf(company, table)).toMatchObject({ '2201': { contract_date: '2026-04-03' }, '2204': { contract_date: '2026-09-08' } })
  })

  it('how the files are read: then all of it is as the ERP knows it', async () => {
    const one = caseOf('days before months, in csv')
    const { company, table, truth } = await driftedBy(one)
    const reading = JSON.stringify({ reading: readingOf(styleOf(one, 'is'), table) })
    company.raw.prepare('update connections set settings = ?').run(reading)
    await company.drop(nameOf(table, usual), written({ header: table.header, rows: table.next }, table, styleOf(one, 'is')))
    expect([open(company), recordsOf(company, table)]).toEqual([[], truth.next])
  })

  it('nothing: what waits goes on waiting with every export like it, and is asked about once', async () => {
    const one = caseOf('days before months, every day')
    const { company, table } = await driftedBy(one)
    const grid = one.turned?.({ header: table.header, rows: table.next }) ?? { header: [], rows: [] }
    const again = { ...grid, rows: grid.rows.map((cells) => cells.map((cell) => (cell === 'School' ? 'High school' : cell))) }
    await company.drop(
      nameOf(table, usual),
      written({ ...again, rows: [...again.rows, ['2205', 'Pier', 'In progress', '2026-09-10', '1.00']] }, table, styleOf(one, 'is')),
    )
    expect(open(company)).toEqual(['column-changed'])
    expect(recordsOf(company, table)).toMatchObject({ '2201': { contract_date: '2026-03-04' } })
    expect(Object.keys(recordsOf(company, table))).toEqual(['2201', '2202', '2203'])
  })

  it('on one cell that reads the other way round only: what is new after that goes on', async () => {
    const { company, table } = await driftedBy(caseOf('one day that reads only'))
    const bad = (...more: string[][]) => {
      const rows = [...table.next.map((cells) => cells.map((cell) => (cell === '2026-02-17' ? '17/02/2026' : cell))), ...more]
      return written({ header: table.header, rows }, table, usual)
    }
    await letThrough(company)
    await company.drop('invoices.csv', bad(['00456', 'B-3', '2026-05-06', '1.00', 'Nuts', 'Open']))
    expect(open(company)).toEqual(['date-unreadable'])
    expect(recordsOf(company, table)['00456|B-3']).toMatchObject({ invoice_date: '2026-05-06' })
  })
})
