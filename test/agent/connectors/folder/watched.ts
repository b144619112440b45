// A watched folder under a clock of our own: nothing rests or ages unless the test says so.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ConnectorParts, ExportFile, FileOutcome } from '../../../../agent/connectors/connector.ts'
import { folder } from '../../../../agent/connectors/folder/folder.ts'
import type { FolderSettings } from '../../../../agent/connectors/folder/settings.ts'
import type { Problem } from '../../../../shared/problem.ts'

export type Watched = {
  path: string
  spoolFolder: string
  taken: ExportFile[]
  troubles: Problem[]
  over: string[]
  /** Lets `ms` pass, then looks at the folder and takes what rests. */
  pass: (ms: number) => Promise<void>
  /** Looks until a file that is left alone must be at rest. */
  rest: () => Promise<void>
  /** Resolves once nothing lies there unread. */
  readWaiting: () => Promise<void>
  stop: () => void
}

type Options = {
  settings?: Partial<FolderSettings>
  onFile?: (file: ExportFile) => Promise<FileOutcome> | FileOutcome
  path?: string
  /** What an agent before this one left in the ledger. */
  last?: Map<string, { sha256: string; met: string | null }>
  started?: (path: string) => void
}

export async function watched({
  settings = {},
  onFile = () => ({ filed: 'done' }),
  path = tempFolder(),
  last = new Map(),
  started,
}: Options = {}): Promise<Watched> {
  const spoolFolder = tempFolder()
  const stop = new AbortController()
  const taken: ExportFile[] = []
  const troubles: Problem[] = []
  const over: string[] = []
  let now = Date.now()
  const parts: ConnectorParts = {
    now: () => now,
    spoolFolder,
    lastTaken: (file) => last.get(file) ?? null,
    onMet: (file, met) => Object.assign(last.get(file) ?? {}, { met }),
    onFile: async (file) => {
      taken.push(file)
      const outcome = await onFile(file)
      last.set(file.path, { sha256: file.sha256, met: null })
      return outcome
    },
    onSeen: () => undefined,
    onTrouble: (problem) => troubles.push(problem),
    onTroubleOver: (code) => over.push(code),
    signal: stop.signal,
  }
  started?.(path)
  const { checkNow, readWaiting } = await folder.start({ path, scanMs: 3_600_000, quietMs: 1000, ...settings }, parts)
  onTestFinished(() => stop.abort())
  const pass = async (ms: number): Promise<void> => {
    now += ms
    await checkNow()
  }
  const rest = async (): Promise<void> => {
    for (let look = 0; look < 3; look++) await pass(500)
  }
  return { path, spoolFolder, taken, troubles, over, pass, rest, readWaiting, stop: () => stop.abort() }
}

export function tempFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'watched-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  mkdirSync(path, { recursive: true })
  return path
}

export const csv = 'Vendor,Name\r\nV1,Marlow\r\n'
export const put = (at: Watched, name: string, content = csv): string => {
  const path = join(at.path, name)
  writeFileSync(path, content)
  return path
}
export const contents = (at: Watched): (string | null)[] =>
  at.taken.map(({ spool }) => (spool === null ? null : readFileSync(spool, 'utf8')))
