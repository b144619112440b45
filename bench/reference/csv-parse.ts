/** csv-parse alone, streaming, as its documentation shows: every record parsed into an array, nothing done with it. */
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'

/** Answers how many records came, so that nobody can parse less. */
export function csvParse(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let records = 0
    createReadStream(path)
      .pipe(parse())
      .on('data', () => {
        records++
      })
      .on('end', () => resolve(records))
      .on('error', reject)
  })
}
