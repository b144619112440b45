/**
 * A file at rest becomes lines that can be read: a text file is read as it lies; of a workbook the one sheet a format or mapping recognises is
 * written out, line n for row n, and goes the way of any text file from there. Anything else is refused by name.
 */
import { type Problem, problem, Trouble } from '../../shared/problem.ts'
import type { ReadSettings } from './format.ts'
import { fileKind } from './workbook/kind.ts'

/** What a person should know about the sheet that was taken; what is hidden is taken like all else. */
export type SheetSaid = { name: string; isHidden: boolean; hiddenRows: number; otherSheets: number }

export type Opened = {
  /** Where the lines are, and how they are to be read. */
  path: string
  settings: ReadSettings
  sheet: SheetSaid | null
  /** Removes what was written for reading. */
  close(): void
}

export type Source = {
  path: string /** What a person calls it. */
  name: string /** Where lines may be written meanwhile. */
  folder: string
}

export async function openExport(source: Source, settings: ReadSettings): Promise<Opened | Problem> {
  const { path, name: file } = source
  const kind = fileKind(path)
  if (kind === 'old') return problem('file-other-workbook', { file, kind: '.xls' }, { file })
  if (kind === 'protected') return problem('file-encrypted', { file }, { file })
  if (kind === 'text') return { path, settings, sheet: null, close: () => undefined }
  try {
    // Loaded with the first workbook: most agents never meet one, and what unpacks it holds two megabytes (measured 2026-11).
    const { openWorkbook } = await import('./workbook/open-workbook.ts')
    return await openWorkbook(source, settings)
  } catch (cause) {
    if (cause instanceof Trouble) return cause.problem
    // The disk's own trouble is not the file's; whatever else unpacking and parsing throw says that the file is no whole workbook.
    if (!(cause instanceof Error) || 'syscall' in cause) throw cause
    return problem('file-damaged', { file, reason: cause.message }, { file })
  }
}
