import type { ExportFile } from '../connectors/connector.ts'
import type { Kind } from '../items/kind.ts'

/**
 * What a file may say about records it does not hold (design §6): nothing; that they are missing for the first time or again, which
 * only two files in a row make a loss; or that they are gone.
 */
export type Absence = 'says-nothing' | 'second-agrees' | 'gone'

export type AbsenceFacts = {
  role: Kind['role']
  complete: ExportFile['complete']
  /** An admin has said that this entity's file always holds every record. */
  alwaysComplete: boolean
  /** Rows of the file, those with a problem included. */
  rows: number
  /** Rows that could not be read so far as to know whose they are. */
  rowsWithoutKey: number
}

/** Decides it. Only master records can be gone, and never by an empty file or one with a row nobody can name. */
export function absenceOf({ role, complete, alwaysComplete, rows, rowsWithoutKey }: AbsenceFacts): Absence {
  if (role !== 'master' || rows === 0 || rowsWithoutKey > 0 || complete.proof === 'part') return 'says-nothing'
  if (provesRows(complete)) return complete.rows === rows ? 'gone' : 'says-nothing'
  return alwaysComplete ? 'second-agrees' : 'says-nothing'
}

type Proven = Extract<ExportFile['complete'], { rows: number }>

/** A manifest, `.ok` file or trailer that counts the rows. */
export const provesRows = (complete: ExportFile['complete']): complete is Proven =>
  complete.proof === 'manifest' || complete.proof === 'ok-file' || complete.proof === 'trailer'
