/** One of the works that `rescan` and `unchanged` compare, in a process of its own: `node rescan-station.ts WORK ARGS…`. */
import { globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { spool } from '../agent/connectors/folder/spool.ts'
import { serve } from './station.ts'

const [work, path = '', folder = '', extra = '', size = ''] = process.argv.slice(2)

const works: Record<string, () => Promise<() => unknown>> = {
  /** From a file at rest to its changed rows; `extra` holds what the last sealed take remembered. */
  changed: async () => {
    const { takeExport } = await import('./take-export.ts')
    const previous = new Uint8Array(readFileSync(extra))
    return () => takeExport(path, folder, previous)
  },
  /** A byte-identical file; `extra` is the hash of the last take, `size` its size. */
  same: async () => async () => {
    const spooled = await spool(path, { folder, last: { sha256: extra, size: Number(size) } })
    if (spooled.moved || spooled.spool !== null) throw new Error('An identical file was copied.')
  },
  'read-hash-copy': async () => {
    const { readAndHash } = await import('./reference/read-and-hash.ts')
    return () => readAndHash(path, join(folder, 'copy.spool'))
  },
  'read-hash': async () => {
    const { readAndHash } = await import('./reference/read-and-hash.ts')
    return () => readAndHash(path, null)
  },
  'csv-parse': async () => {
    const { csvParse } = await import('./reference/csv-parse.ts')
    return () => csvParse(path)
  },
}

const prepare = works[work ?? '']
if (prepare === undefined) throw new Error(`No such work: ${work}`)
serve(await prepare(), () => globSync(join(folder, '*.spool')).map((copy) => rmSync(copy)))
