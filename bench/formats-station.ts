/** One of the works that `formats` compares, in a process of its own: `node formats-station.ts WORK EXPORT SETTINGS ROWS`. */
import { serve } from './station.ts'

const [work, path = '', settings = '{}', rows = ''] = process.argv.slice(2)

const works: Record<string, () => Promise<() => unknown>> = {
  /** Every row of the file, told, cut, read and keyed, as at a first take. */
  ours: async () => {
    const { readExport } = await import('./read-export.ts')
    return async () => {
      const read = await readExport(path, path, JSON.parse(settings))
      if (read.rows !== Number(rows)) throw new Error(`${read.rows} rows of ${rows} were read.`)
    }
  },
  'csv-parse': async () => {
    const { csvParse } = await import('./reference/csv-parse.ts')
    return () => csvParse(path, 'rows')
  },
}

const prepare = works[work ?? '']
if (prepare === undefined) throw new Error(`No such work: ${work}`)
serve(await prepare())
