import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CliContext } from '../../../agent/cli/command.ts'
import { map } from '../../../agent/cli/map.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { openCompany } from '../ledger/company.ts'

const shipped = 'docs/samples/insurance.csv'

let folder: Awaited<ReturnType<typeof tempFolder>>
beforeEach(async () => {
  folder = await tempFolder('map')
})
afterEach(() => folder[Symbol.asyncDispose]())

const fileOf = (name: string, text: string | Buffer): string => {
  const path = join(folder.path, name)
  writeFileSync(path, text)
  return path
}

async function run(path: string, values: CliContext['values'] = {}) {
  const said: string[] = []
  let result: Record<string, unknown> = {}
  const out: CliContext['out'] = {
    json: false,
    say: (line) => said.push(line),
    result: (value) => {
      result = value as typeof result
    },
  }
  const code = await map.run({ folder: folder.path, values, words: [path], prompt: null, now: () => 0, out })
  return { code, said: said.join('\n'), result }
}

describe('tieback map', () => {
  it('proposes a mapping that reads every row of the file once a person takes it over', async () => {
    const save = join(folder.path, 'mapping.json')
    const { code, said, result } = await run(shipped, { save })
    expect(code).toBe(0)
    expect(said).toContain('This looks like insurances (likely)')
    expect(said).toContain('vendor           ← Supplier  (likely: another word for the same)')
    expect(said).toContain(
      `nothing is set. Look through it, then: tieback init --name NAME --mapping ${save} --reading '{"date":"dd.mm.yyyy"`,
    )
    const mappings = JSON.parse(readFileSync(save, 'utf8'))
    expect(mappings).toEqual([result['mapping']])
    const company = await openCompany({ settings: { reading: { mappings, ...(result['reading'] as object) } } })
    expect(await company.drop('insurance.csv', readFileSync(shipped))).toMatchObject({ filed: 'done' })
    expect(company.links('insurances').map(({ key }) => key)).toEqual([
      'ACE|General liability|GL-4471',
      'ACE|Auto|AU-18',
      'BEE|General liability|GL-88',
    ])
    expect(company.rows('select code from problems')).toEqual([])
  })

  it('says of a file it knows that it needs none', async () => {
    const { code, said } = await run(fileOf('v.csv', 'Vendor,Name,City\nACE,Ace,Portwell\n'))
    expect([code, said]).toEqual([0, 'v.csv is known: Sage 300 CRE vendors (APM_MASTER__VENDOR). It needs no mapping.'])
  })

  it('writes nothing down while records cannot be told apart, and says what to say', async () => {
    const [path, save] = [fileOf('f.csv', 'Fournisseur,Montant\nACE,1.00\nACE,2.00\n'), join(folder.path, 'm.json')]
    const { code, said, result } = await run(path, { entity: 'ap-invoices', save })
    expect([code, result['mapping'], existsSync(save)]).toEqual([1, null, false])
    expect(said).toContain('--entity ap-invoices --column invoice=HEADER')
  })

  it('takes columns as they are said', async () => {
    const path = fileOf('f.csv', 'Fournisseur,Pièce,Montant\nACE,7,1.00\nACE,8,2.00\n')
    const { result } = await run(path, { entity: 'ap-invoices', column: ['invoice=Pièce'] })
    expect(result['mapping']).toEqual({
      entity: 'ap-invoices',
      columns: { vendor: 'Fournisseur', invoice: 'Pièce', amount: 'Montant' },
    })
  })

  it('asks where the sample leaves it open', async () => {
    const { said } = await run(fileOf('f.csv', 'Kreditor;Rechnung;Datum;Betrag\nACE;1;01/02/2026;1.234\n'))
    expect(said).toContain('Its dates may be read as mm/dd/yyyy or dd/mm/yyyy: no day of them says which.')
    expect(said).toContain('Its amounts may have a decimal comma or point')
  })

  it.each(['1,234', '1.234'])('says no reading of what it leaves open (11122026, %s)', async (amount) => {
    const { said, result } = await run(fileOf('f.csv', `Kreditor;Rechnung;Datum;Betrag\nACE;1;11122026;${amount}\n`))
    expect(said).toContain('Its dates may be read as mmddyyyy or ddmmyyyy')
    expect(said).toContain('Its amounts may have a decimal comma or point')
    expect(result['reading']).not.toHaveProperty('date')
    expect(result['reading']).not.toHaveProperty('decimal')
    expect(result['reading']).not.toHaveProperty('thousands')
  })

  it('writes a reading that stays whole between the quotes of a shell', async () => {
    const save = join(folder.path, 'm.json')
    const { said, result } = await run(fileOf('f.csv', "Kreditor;Rechnung;Betrag\nACE;1;1'234.50\nACE;2;7.00\n"), { save })
    expect(result['reading']).toMatchObject({ thousands: ["'"] })
    const [, quoted = ''] = /--reading '(.*)'$/.exec(said) ?? []
    expect(quoted).not.toContain("'")
    expect(JSON.parse(quoted)).toEqual(result['reading'])
  })

  it('leaves an existing file alone', async () => {
    const save = fileOf('mapping.json', 'mine')
    await expect(run(shipped, { save })).rejects.toThrow('is there already; it was left alone.')
    expect(readFileSync(save, 'utf8')).toBe('mine')
  })

  it.each<[string, () => string, CliContext['values'], RegExp]>([
    ['a file that is not there', () => '/nowhere.csv', {}, /is not there/],
    ['a file without column names', () => fileOf('f.csv', '1,2\n3,4\n'), {}, /no line that looks like column names/],
    ['a workbook', () => fileOf('f.xlsx', Buffer.from('504b0304', 'hex')), {}, /Save the sheet as CSV/],
    ['a file of no text', () => fileOf('f.csv', Buffer.from([0, 1, 2, 0])), {}, /text/],
    ['an entity there is none of', () => shipped, { entity: 'cars' }, /--entity is one of vendors/],
    ['a column of no entity', () => shipped, { column: ['vendor=Supplier'] }, /--column needs --entity/],
    ['a field there is none of', () => shipped, { entity: 'insurances', column: ['colour=Supplier'] }, /insurances has no field colour/],
    ['a header there is none of', () => shipped, { entity: 'insurances', column: ['vendor=Colour'] }, /The file has no column Colour/],
  ])('refuses %s in words', async (_, path, values, says) => {
    await expect(run(path(), values)).rejects.toThrow(says)
  })
})
