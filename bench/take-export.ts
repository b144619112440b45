/**
 * From a file at rest to its changed rows parsed, by the entry points the agent uses: spool() and Rescan. As a program it does only this,
 * once, and says how much memory that took:
 *
 *   npx node bench/take-export.ts EXPORT SPOOL-FOLDER PREVIOUS-PACK
 */
import { readFileSync } from 'node:fs'
import { spool } from '../agent/connectors/folder/spool.ts'
import { defaultReadSettings } from '../agent/formats/format.ts'
import { identify } from '../agent/formats/identify.ts'
import { Rescan } from '../agent/formats/rescan.ts'
import { settingsVersion } from '../agent/formats/settings-version.ts'

const seed = Uint8Array.from({ length: 16 }, (_, at) => at + 1)

export type TakenExport = { fresh: number; unchanged: number; refused: number; gone: number; pack: Uint8Array }

/** Every new row gets a record, as the ledger would give it one. The spool copy stays, as it does in the agent. */
export async function takeExport(path: string, spoolFolder: string, previous: Uint8Array | null): Promise<TakenExport> {
  const spooled = await spool(path, { folder: spoolFolder, last: null })
  if (spooled.moved || spooled.spool === null) throw new Error('The file moved while it was read.')
  const identified = identify(spooled.spool, 'export.csv', defaultReadSettings)
  if ('code' in identified) throw new Error(identified.code)
  const { format, layout } = identified
  const rescan = new Rescan({ seed, formatId: format.id, settingsVersion: settingsVersion(defaultReadSettings), previous })
  let record = previous === null ? 0 : 2_000_000
  for (const { rows } of rescan.read(spooled.spool, format, defaultReadSettings, 'export.csv', layout))
    for (const row of rows) rescan.assign(row.slot, ++record)
  const { fresh, unchanged, refused } = rescan.summary
  return { fresh, unchanged, refused, gone: [...rescan.gone()].length, pack: rescan.pack() }
}

/** The most memory this process ever held, bytes (Linux). */
const peakBytes = (): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024

if (import.meta.main) {
  const [path = '', spoolFolder = '', previous = ''] = process.argv.slice(2)
  const { pack, ...counts } = await takeExport(path, spoolFolder, readFileSync(previous))
  console.log(JSON.stringify({ ...counts, packBytes: pack.length, peakBytes: peakBytes() }))
}
