/**
 * From a file at rest to all its rows, by the entry points the agent uses. As a program it does only this, once, and says what it cost:
 *
 *   npx node bench/read-export.ts EXPORT
 */
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { type ReadSettings, readSettingsOf } from '../agent/formats/format.ts'
import { identify } from '../agent/formats/identify.ts'
import { openExport } from '../agent/formats/open-export.ts'
import { Rescan } from '../agent/formats/rescan.ts'

const seed = new Uint8Array(16)
/** As the agent takes them (sync.ts). */
const batchRows = 250

export async function readExport(path: string, name: string, said: Partial<ReadSettings>): Promise<{ format: string; rows: number }> {
  const opened = await openExport({ path, name, folder: tmpdir() }, readSettingsOf(said))
  if ('code' in opened) throw new Error(JSON.stringify(opened))
  try {
    const found = identify(opened.path, name, opened.settings)
    if ('code' in found) throw new Error(JSON.stringify(found))
    const { format, layout } = found
    const rescan = new Rescan({ seed, formatId: format.id, settingsVersion: '', previous: null, batchRows })
    let rows = 0
    for (const batch of rescan.read(opened.path, format, opened.settings, name, layout)) rows += batch.rows.length
    return { format: format.id, rows }
  } finally {
    opened.close()
  }
}

if (import.meta.main) {
  const [path = ''] = process.argv.slice(2)
  const started = performance.now()
  const before = process.cpuUsage()
  const read = await readExport(path, path, {})
  const { user, system } = process.cpuUsage(before)
  const peakBytes = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024
  console.log(JSON.stringify({ ...read, wallMs: performance.now() - started, cpuMs: (user + system) / 1000, peakBytes }))
}
