// Golden files lie beside their inputs. After a wanted change: `npx vitest run --project quick test/agent/formats/golden -u`, then read the diff.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { defaultReadSettings, type ReadSettings } from '../../../agent/formats/format.ts'
import { type Identified, identify } from '../../../agent/formats/identify.ts'
import { type NewRow, Rescan } from '../../../agent/formats/rescan.ts'
import { settingsVersion } from '../../../agent/formats/settings-version.ts'
import { type Problem, sayProblem, Trouble } from '../../../shared/problem.ts'

const folder = join(import.meta.dirname, 'golden')
const inputs = readdirSync(folder).filter((name) => /\.(csv|txt)$/.test(name) && !name.endsWith('.read.txt'))

const settingsOf = (name: string): ReadSettings => {
  const path = join(folder, `${name}.settings.json`)
  return { ...defaultReadSettings, ...(existsSync(path) && (JSON.parse(readFileSync(path, 'utf8')) as Partial<ReadSettings>)) }
}

const shown = ({ line, offset, key, amount, fields }: NewRow): string => {
  const filled = Object.entries(fields).map(([field, value]) => `    ${field}: ${value === null ? '(empty)' : JSON.stringify(value)}`)
  return [`row ${key} (line ${line}, byte ${offset}${amount === null ? '' : `, amount ${amount}`})`, ...filled].join('\n')
}

const told = (trouble: Problem): string => `problem ${trouble.code}: ${sayProblem(trouble)}`

function readAloud(name: string): string {
  const settings = settingsOf(name)
  const identified = identify(join(folder, name), name, settings)
  return 'code' in identified
    ? `${told(identified)}\n`
    : `${[`format ${identified.format.id}`, ...rowsOf(name, identified, settings)].join('\n')}\n`
}

function rowsOf(name: string, { format, layout }: Identified, settings: ReadSettings): string[] {
  const rescan = new Rescan({ seed: new Uint8Array(16), formatId: format.id, settingsVersion: settingsVersion(settings), previous: null })
  const said = [`delimiter ${JSON.stringify(layout.delimiter)}, ${layout.titles} lines above the header`]
  try {
    for (const { rows, problems } of rescan.read(join(folder, name), format, settings, name))
      said.push(...rows.map(shown), ...problems.map(told))
    const { skipped, strayQuotes, tail, ...counts } = rescan.summary
    return [...said, `counts ${JSON.stringify({ ...counts, ...skipped, strayQuotes })}, last line ${tail}`]
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    return [...said, `refused whole: ${told(error.problem)}`]
  }
}

describe('oddities of real exports', () => {
  test.each(inputs)('%s is read as its golden file says', async (name) => {
    await expect(readAloud(name)).toMatchFileSnapshot(join(folder, `${name}.read.txt`))
  })
})
