import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { defaultReadSettings, type ReadSettings } from '../../../agent/formats/format.ts'
import { headerName } from '../../../agent/formats/header-names.ts'
import { mappingsOf } from '../../../agent/formats/mapping.ts'
import { records } from '../../../agent/formats/records/index.ts'
import { alikeness, headerWords } from '../../../agent/mapping/header-words.ts'
import { chosen, propose } from '../../../agent/mapping/propose.ts'
import { readingsOf } from '../../../agent/mapping/reading-of.ts'
import { entities } from '../../../shared/item.ts'

/** Rows as a person sees them: cells parted by bars, the header first. */
const sample = (...lines: string[]) => {
  const [header = [], ...rows] = lines.map((line) => line.split('|').map((cell) => cell.trim()))
  return { header, rows }
}
const told = (...lines: string[]) => {
  const { entity, columns, lacking, unused } = propose(sample(...lines), defaultReadSettings)
  return { entity, columns: Object.fromEntries(columns.map(({ field, header }) => [field, header])), lacking, unused }
}

describe('a header', () => {
  test.each([
    ['Supplier No.', 'vendor'],
    ['SupplierNo', 'vendor'],
    ['Lieferantennummer', 'vendor'],
    ['N° de fournisseur', 'vendor'],
    ['Rechnungsdatum', 'invoice date'],
    ['Cost Code', 'costcode'],
    ['Kostenart', 'category'],
    ['Per cent', 'rate'],
    ['%', 'rate'],
    ['Échéance', 'expiration'],
    ['Code', 'number'],
  ])('“%s” says %s', (header, words) => expect([...headerWords(header)].join(' ')).toBe(words))

  it('is as much like another as that is like it', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const [a, b] = [headerWords(one), headerWords(other)]
        expect(alikeness(a, b)).toBe(alikeness(b, a))
        expect(alikeness(a, a)).toBe(1)
      }),
    ))
})

describe('how a sample is written', () => {
  const of = (header: string, ...cells: string[]) => readingsOf([{ header, cells }])
  test.each<[string, string[], Partial<ReturnType<typeof readingsOf>>]>([
    ['Date', ['31.12.2026', '1.2.2026'], { date: ['dd.mm.yyyy'] }],
    ['Date', ['12/31/2026', '01/02/2026'], { date: ['mm/dd/yyyy'] }],
    ['Date', ['01/02/2026', '03/04/2026'], { date: ['mm/dd/yyyy', 'dd/mm/yyyy'] }],
    ['Date', ['20261231'], { date: ['yyyymmdd'] }],
    ['Job', ['20261231'], { date: [] }],
    ['Date', ['2026-12-31', 'soon'], { date: [] }],
    ['Total', ['1.234,50', '3,00'], { decimal: [','], thousands: ['.'] }],
    ['Total', ['1,234.50', '3.00'], { decimal: ['.'], thousands: [','] }],
    ['Total', ['1.234'], { decimal: ['.', ','] }],
    ['Total', ['12', '7'], { decimal: [], thousands: [], minus: [] }],
    ['Total', ['(12.00)', '7.00-', '-1.00'], { decimal: ['.'], minus: ['leading', 'trailing', 'parentheses'] }],
    ['Total', ['1 234,50', '9,00 CR'], { decimal: [','], thousands: [' '], minus: ['cr'] }],
  ])('%s: %j', (header, cells, says) => expect(of(header, ...cells)).toMatchObject(says))

  it('leaves what is set where the sample leaves it open', () => {
    const open = of('Date', '01/02/2026')
    expect(chosen(open, { ...defaultReadSettings, date: 'dd/mm/yyyy' }).date).toBe('dd/mm/yyyy')
    expect(chosen(of('Date', '31.12.2026'), defaultReadSettings).date).toBe('dd.mm.yyyy')
  })
})

describe('a proposal', () => {
  test.each<[string, string[], ReturnType<typeof told>]>([
    [
      'insurance of vendors, in English',
      ['Supplier|Cover|Policy no.|Valid from|Until|Limit', 'ACE|GL|P-1|2026-01-01|2026-12-31|1000000.00'],
      {
        entity: 'insurances',
        columns: {
          ...{ vendor: 'Supplier', insurance_type: 'Cover', policy_number: 'Policy no.', effective_date: 'Valid from' },
          ...{ expiration_date: 'Until', limit: 'Limit' },
        },
        ...{ lacking: [], unused: [] },
      },
    ],
    [
      'invoices of creditors, in German',
      ['Kreditor|Rechnungsnummer|Rechnungsdatum|Betrag|Text', 'ACE|R-1|31.12.2026|1.234,50|Stahl'],
      {
        entity: 'ap-invoices',
        columns: { vendor: 'Kreditor', invoice: 'Rechnungsnummer', invoice_date: 'Rechnungsdatum', amount: 'Betrag' },
        ...{ lacking: [], unused: ['Text'] },
      },
    ],
    [
      'tax codes whose header says next to nothing',
      ['Code|Per cent', 'WA|10.1', 'OR|0'],
      { entity: 'tax-groups', columns: { tax_group: 'Code', rate: 'Per cent' }, lacking: [], unused: [] },
    ],
    [
      'vendors in Spanish',
      ['N.º de proveedor|Nombre|Ciudad', '1001|Ace|Portwell', '1002|Bee|Portwell'],
      { entity: 'vendors', columns: { vendor: 'N.º de proveedor', name: 'Nombre', city: 'Ciudad' }, lacking: [], unused: [] },
    ],
  ])('of %s', (_, lines, says) => expect(told(...lines)).toEqual(says))

  it('names what its records cannot be told apart without', () => {
    const of = propose(sample('Fournisseur|Montant', 'ACE|1.00', 'ACE|2.00'), defaultReadSettings, { entity: 'ap-invoices' })
    expect(of.lacking).toEqual(['invoice'])
  })

  it('takes a person’s word before its own', () => {
    const lines = sample('Supplier|Ref|Policy|Kind', 'ACE|X-1|P-1|GL')
    const said = { entity: 'insurances', columns: { policy_number: 'ref' } } as const
    expect(propose(lines, defaultReadSettings, said).columns).toContainEqual({
      ...{ field: 'policy_number', header: 'Ref', confidence: 1 },
      because: ['said'],
    })
  })

  it('gives no column of amounts to a code, and none of words to an amount', () => {
    const { columns } = propose(sample('Vendor|Invoice|Amount', 'ACE|12.50|ten'), defaultReadSettings, { entity: 'ap-invoices' })
    expect(columns.map(({ field }) => field)).toEqual(['vendor'])
  })

  const cell = fc.oneof(fc.string(), fc.constantFrom('', '1.00', '-2,50', '2026-12-31', '01/02/2026', 'ACE'))
  const header = fc.oneof(
    fc.string(),
    fc.constantFrom('Vendor', 'Supplier', 'Invoice No', 'Date', 'Datum', 'Amount', 'Job', 'Policy', 'Limit'),
  )

  it('names each column and each field once, and is a mapping that can be used where nothing lacks', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(header, { minLength: 1, maxLength: 8, selector: headerName }),
        fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 6 }),
        fc.option(fc.constantFrom(...entities), { nil: undefined }),
        (names, rows, entity) => {
          const { columns, lacking, unused, ...of } = propose({ header: names, rows }, defaultReadSettings, { entity })
          const [fields, headers] = [columns.map((one) => one.field), columns.map((one) => one.header)]
          expect([new Set(fields).size, new Set(headers).size]).toEqual([fields.length, headers.length])
          expect([...headers, ...unused].toSorted()).toEqual(names.filter((name) => headerName(name) !== '').toSorted())
          for (const field of lacking) expect(fields).not.toContain(field)
          const known = records[of.entity].fields.map(({ field }) => field)
          for (const field of fields) expect(known).toContain(field)
          const mapping = { entity: of.entity, columns: Object.fromEntries(columns.map((one) => [one.field, one.header])) }
          if (lacking.length === 0) expect(mappingsOf(mapping)).toEqual({ mappings: [mapping] })
        },
      ),
    ))

  it('never reads a date or an amount by two rules at once', () =>
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        const reading = chosen(readingsOf([{ header: 'X', cells }]), defaultReadSettings) as ReadSettings
        expect(reading.thousands).not.toContain(reading.decimal)
      }),
    ))
})
