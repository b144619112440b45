/** What a workbook consists of: its sheets in order, where its texts and number formats are, how it counts days (ECMA-376 part 1, 18.2). */
import type { Packed } from './unpack.ts'
import { attribute, readWholeXml } from './xml.ts'

export type Sheet = { name: string; part: string; hidden: boolean }

export type Book = {
  sheets: readonly Sheet[]
  sharedStrings: string | null
  styles: string | null
  /** Days are counted from 1904-01-01 (Excel for the Mac of old), else from 1900. */
  from1904: boolean
  /** Whoever wrote it left the calculating to Excel: what stands in its formulas is made up (XlsxWriter writes 0). */
  uncalculated: boolean
}

type Relation = { id: string; kind: string; target: string }

const yes = (text: string | undefined): boolean => text === '1' || text === 'true'

export async function readBook(packed: Packed): Promise<Book> {
  const main = (await relations(packed, '')).find(({ kind }) => kind === 'officeDocument')?.target ?? 'xl/workbook.xml'
  const parts = await relations(packed, main)
  const said: { name: string; id: string; hidden: boolean }[] = []
  let from1904 = false
  let uncalculated = false
  await readWholeXml(packed.chunks(main), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = yes(attributes['date1904'])
      if (name === 'calcPr') uncalculated = yes(attributes['fullCalcOnLoad'])
      if (name !== 'sheet') return
      const state = attributes['state'] ?? 'visible'
      said.push({ name: attributes['name'] ?? '', id: attribute(attributes, 'id') ?? '', hidden: state !== 'visible' })
    },
  })
  const partOf = (kind: string): string | null => parts.find((one) => one.kind === kind)?.target ?? null
  // A sheet that is a chart or a dialog has another kind of relation, and no rows.
  const sheets = said.flatMap(({ name, id, hidden }) =>
    parts.filter((part) => part.id === id && part.kind === 'worksheet').map(({ target }) => ({ name, part: target, hidden })),
  )
  return { sheets, sharedStrings: partOf('sharedStrings'), styles: partOf('styles'), from1904, uncalculated }
}

/** What a part points to; kinds by the last word of their address, which is all that differs between the two editions of the standard. */
async function relations(packed: Packed, part: string): Promise<Relation[]> {
  const slash = part.lastIndexOf('/')
  const folder = part.slice(0, slash + 1)
  const path = `${folder}_rels/${part.slice(slash + 1)}.rels`
  const found: Relation[] = []
  if (!packed.has(path)) return found
  await readWholeXml(packed.chunks(path), {
    open(name, { Id: id = '', Type: type = '', Target: target = '' }) {
      if (name === 'Relationship') found.push({ id, kind: type.slice(type.lastIndexOf('/') + 1), target: resolved(folder, target) })
    },
  })
  return found
}

const resolved = (folder: string, target: string): string => new URL(target, `part:///${folder}`).pathname.slice(1)
