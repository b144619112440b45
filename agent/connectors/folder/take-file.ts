/** One file at rest: companion read, spooled, hashed, handed over, filed. */
import { rm } from 'node:fs/promises'
import { type Problem, problem, problems } from '../../../shared/problem.ts'
import type { ConnectorParts, ExportFile, FileOutcome } from '../connector.ts'
import { type Filing, fileDone, fileMissed, fileRefused } from './file-away.ts'
import { codeOf, pathIn } from './list-folder.ts'
import { type Companion, hashMismatch, readCompanion, saidNothing } from './manifest.ts'
import { missingOfSet } from './set-of-files.ts'
import type { Folder } from './settings.ts'
import type { Seen } from './settle.ts'
import { type Spooled, spool } from './spool.ts'

const dayMs = 86_400_000

/** What the watch does next: `taken` until the file changes, `again` at the next look, or `later` after the scan interval. */
export type Taken = 'taken' | 'again' | 'later'

/** `tries`: how often in a row it was left for later. */
export type Candidate = { name: string; companion: Companion | null; lastSize: number | null; tries: number }

/** `seen`: the file as it was taken, or null; `known`: its content is in the ledger and it is filed; `trouble`: what was told about it. */
export type TakeReport = { next: Taken; seen: Seen | null; known: boolean; trouble: Problem | null }

/** Takes one file. Trouble with the file is reported and never thrown: the other files go on. */
export async function takeFile(folder: Folder, parts: ConnectorParts, candidate: Candidate): Promise<TakeReport> {
  try {
    return await take(folder, parts, candidate)
  } catch (error) {
    return { next: 'later', seen: null, known: false, trouble: parts.signal.aborted ? null : troubleOf(error, candidate.name) }
  }
}

async function take(folder: Folder, parts: ConnectorParts, candidate: Candidate): Promise<TakeReport> {
  const { name, companion } = candidate
  const path = pathIn(folder.path, name)
  const said = companion ? await readCompanion(pathIn(folder.path, companion.name), companion.kind, name) : saidNothing
  const missing = 'code' in said || !companion ? undefined : await missingOfSet(folder.path, said.files ?? [], companion.seen.mtimeMs)
  if (missing !== undefined) return setIncomplete(candidate, missing)
  const spooled = await spool(path, { folder: parts.spoolFolder, last: lastOf(path, parts, candidate), signal: parts.signal })
  if (spooled.moved)
    return { next: 'again', seen: null, known: false, trouble: problem('file-moved-while-read', { file: name }, { file: name }) }
  const refused = 'code' in said ? said : hashMismatch(said, spooled.sha256, name)
  const outcome = refused ? refusal(refused) : await handOver(parts, exportFile(path, name, spooled, 'code' in said ? saidNothing : said))
  if (isTriedAgain(outcome)) return await letGo(spooled, outcome.problem ?? null)
  const filing = await fileAway(folder, parts, candidate, spooled, outcome)
  const known = filing === null && (outcome.filed === 'done' || outcome.filed === 'unchanged')
  return { next: 'taken', seen: spooled.seen, known, trouble: refused ?? filing }
}

/** A set is written file by file, so half of it is no trouble at first. */
const setIncomplete = ({ name, tries }: Candidate, missing: string): TakeReport => ({
  ...{ next: 'later', seen: null, known: false },
  trouble: tries === 0 ? null : problem('set-incomplete', { file: name, missing }, { file: name }),
})

/** What waits for a person waits; what only failed is tried again. */
const isTriedAgain = ({ filed, problem: trouble }: FileOutcome): boolean =>
  filed === 'waiting' && trouble !== undefined && problems[trouble.code].next !== 'ask'

/** The copy would only pile up: the next try makes its own. */
async function letGo({ spool }: Whole, trouble: Problem | null): Promise<TakeReport> {
  if (spool !== null) await rm(spool, { force: true })
  return { next: 'later', seen: null, known: false, trouble }
}

/** The run's own trouble is not the file's: it is tried again later. A stop is no trouble at all. */
async function handOver(parts: ConnectorParts, file: ExportFile): Promise<FileOutcome> {
  try {
    return await parts.onFile(file)
  } catch (cause) {
    if (parts.signal.aborted) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    return { filed: 'waiting', problem: problem('run-failed', { reason, when: new Date(parts.now()).toISOString() }, { file: file.name }) }
  }
}

function lastOf(path: string, parts: ConnectorParts, { lastSize }: Candidate): { sha256: string; size: number | null } | null {
  const last = parts.lastTaken(path)
  return last === null ? null : { sha256: last.sha256, size: lastSize }
}

type Whole = Extract<Spooled, { moved: false }>

const exportFile = (path: string, name: string, { spool, seen, sha256 }: Whole, said: typeof saidNothing): ExportFile => ({
  path,
  name,
  spool,
  size: seen.size,
  mtimeMs: seen.mtimeMs,
  sha256,
  asOf: said.asOf ?? new Date(seen.mtimeMs).toISOString(),
  complete: said.complete,
  entity: said.entity,
})

const refusal = (trouble: Problem): FileOutcome => ({ filed: 'refused', problem: trouble })

/** Where done/ or refused/ should be lies a file of somebody's, or we may not write there. */
const notWritable: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'EEXIST', 'ENOTDIR']

/** Filing is a courtesy: a folder we may not write to is told, and the take stands. */
async function fileAway(
  folder: Folder,
  parts: ConnectorParts,
  { name, lastSize }: Candidate,
  { spool, seen, sha256 }: Whole,
  outcome: FileOutcome,
): Promise<Problem | null> {
  if (outcome.filed === 'waiting') return null
  const original = pathIn(folder.path, name)
  const filing: Filing = { folder: folder.path, name, spool, original, originals: folder.originals, seen, takenAt: parts.now() }
  try {
    const filed = await (outcome.filed === 'refused' ? fileRefused(filing, outcome.problem) : fileDone(filing))
    const metFirst = lastSize === null && spool === null
    if (filed === null && metFirst) await fileMissed(filing, sha256, folder.keepDays * dayMs)
    return null
  } catch (error) {
    if (notWritable.includes(codeOf(error))) return problem('folder-read-only', { folder: folder.path })
    throw error
  }
}

/** Gone between listing and opening is no trouble; held by another program, or a full disk, is tried again at the next scan. */
function troubleOf(error: unknown, name: string): Problem | null {
  const code = codeOf(error)
  if (code === 'ENOENT') return null
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? problem('disk-full')
    : problem('file-unreadable', { file: name, reason: code }, { file: name })
}
