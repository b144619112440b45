/**
 * csv-parse alone, streaming, as its documentation shows, nothing done with what comes: every record as an array, or as `columns: true` gives it,
 * by the header's names – which is what a row of ours is.
 */
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'

/** Answers how many records came, so that nobody can parse less. */
export function csvParse(path: string, as: 'arrays' | 'rows' = 'arrays'): Promise<number> {
  return new Promise((resolve, reject) => {
    let records = 0
    createReadStream(path)
      .pipe(parse({ columns: as === 'rows' }))
      .on('data', () => {
        records++
      })
      .on('end', () => resolve(records))
      .on('error', reject)
  })
}
