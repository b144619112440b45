/** Of a workbook the one sheet a format or mapping recognises is written out, line n for row n, and read like any text file from there. */
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { type Problem, problem } from '../../../shared/problem.ts'
import type { Format, ReadSettings } from '../format.ts'
import { chooseFormat, knownNames } from '../identify.ts'
import { formatsFor } from '../index.ts'
import { layoutOfBytes } from '../layout.ts'
import type { Opened, Source } from '../open-export.ts'
import type { Sheet } from './book.ts'
import { sheetDelimiter } from './lines.ts'
import { MergedCells } from './merged.ts'
import { type SheetEnd, Workbook } from './workbook.ts'

/** Throws what unpacking and parsing throw, and `Trouble` with a problem to show. */
export async function openWorkbook(source: Source, settings: ReadSettings): Promise<Opened | Problem> {
  const workbook = await Workbook.open(source.path, source.name, settings)
  try {
    const sheet = await recognised(workbook, source.name, settings)
    return 'code' in sheet ? sheet : await writtenOut(workbook, sheet, source, settings)
  } finally {
    workbook.close()
  }
}

/** Lines of a sheet are UTF-8 and divided one way, whatever is set for the connection's text files. */
const forSheet = (settings: ReadSettings): ReadSettings => ({
  ...settings,
  encoding: 'utf-8',
  delimiter: sheetDelimiter,
  merged: new MergedCells([]),
})

type Claim = { sheet: Sheet; found: { format: Format } | Problem }

/** The one sheet that is recognised. Two are a problem that names both; where none is, the nearest says what it misses. */
async function recognised(workbook: Workbook, file: string, settings: ReadSettings): Promise<Sheet | Problem> {
  const claims: Claim[] = []
  for (const sheet of workbook.sheets) claims.push({ sheet, found: await claimOf(workbook, sheet, file, settings) })
  const taken = claims.filter(({ found }) => !('code' in found) || found.code === 'file-ambiguous')
  const [only, ...more] = taken
  if (only === undefined) return unrecognised(claims, file)
  if (more.length > 0) return problem('file-ambiguous', { file, formats: taken.map(inWords).join(', ') }, { file })
  return 'code' in only.found ? only.found : only.sheet
}

function unrecognised(claims: readonly Claim[], file: string): Problem {
  const troubles = claims.flatMap(({ found }) => ('code' in found ? [found] : []))
  const near = troubles.find(({ params }) => params?.['title'] !== undefined) ?? troubles[0]
  return near ?? problem('file-unknown', { file, suggestion: 'no-sheet' }, { file })
}

const inWords = ({ sheet, found }: Claim): string => `“${sheet.name}”: ${'code' in found ? found.params?.['formats'] : found.format.title}`

/** So much of a sheet is looked at to tell what it is, like of any file. */
const sampleLength = 1 << 16

async function claimOf(workbook: Workbook, sheet: Sheet, file: string, settings: ReadSettings): Promise<Claim['found']> {
  const formats = formatsFor(settings)
  let text = ''
  let whole = true
  for await (const piece of workbook.lines(sheet)) {
    text += piece
    if (text.length < sampleLength) continue
    whole = false
    break
  }
  const layout = layoutOfBytes(Buffer.from(text), whole, file, forSheet(settings), knownNames(formats))
  return 'code' in layout ? layout : chooseFormat({ name: file, mappings: settings.mappings, ...layout }, formats)
}

async function writtenOut(workbook: Workbook, sheet: Sheet, { folder }: Source, settings: ReadSettings): Promise<Opened> {
  // Swept at the next start if this one is killed, as any half copy is.
  const path = join(folder, `${randomUUID()}.part`)
  const close = () => rmSync(path, { force: true })
  try {
    const { hiddenRows, merged } = await writeLines(workbook, sheet, path)
    const said = { name: sheet.name, isHidden: sheet.hidden, hiddenRows, otherSheets: workbook.sheets.length - 1 }
    return { path, settings: { ...forSheet(settings), merged }, sheet: said, close }
  } catch (cause) {
    close()
    throw cause
  }
}

/** A write costs as much as the lines of one piece: so many characters go together. */
const writtenLength = 1 << 18

async function writeLines(workbook: Workbook, sheet: Sheet, path: string): Promise<SheetEnd> {
  const out = await open(path, 'wx', 0o600)
  try {
    const lines = workbook.lines(sheet)
    for (let text = ''; ; ) {
      const { done, value } = await lines.next()
      if (!done) text += value
      if (done || text.length >= writtenLength) {
        await out.appendFile(text)
        text = ''
      }
      if (done) return value
    }
  } finally {
    await out.close()
  }
}
