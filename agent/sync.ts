/** One run, top to bottom: an export file at rest becomes records, links and changes. Runs in the writer's thread. */

import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { isEntity } from '../shared/item.ts'
import { type Problem, problem, problems, Trouble } from '../shared/problem.ts'
import type { ExportFile, FileOutcome } from './connectors/connector.ts'
import { type Format, type ReadSettings, readSettingsOf } from './formats/format.ts'
import { identify } from './formats/identify.ts'
import { recordsIn } from './formats/line-set.ts'
import { type Opened, openExport, type SheetSaid, type Source } from './formats/open-export.ts'
import { plainReading } from './formats/plain.ts'
import { Rescan } from './formats/rescan.ts'
import { fileOf, riderIn, riders, riding } from './formats/riders.ts'
import { settingsVersion } from './formats/settings-version.ts'
import { kinds } from './items/index.ts'
import type { Transact, WriterTx } from './ledger/command.ts'
import { headerChanged } from './ledger/drift/gone.ts'
import { holdFile, lastTaken, provesMore, refuseFile, sameAgain } from './ledger/files.ts'
import { roleOf } from './ledger/may-be-gone.ts'
import { cachePages } from './ledger/open.ts'
import { takenAsOf } from './ledger/other-files.ts'
import { loadPack } from './ledger/pieces.ts'
import { Progress } from './ledger/progress.ts'
import { dropTakes, endTake } from './ledger/report.ts'
import { type Finished, type Sealed, sealTake } from './ledger/seal.ts'
import { ledgerSeed } from './ledger/seed.ts'
import { connectionOf, sourceById, sourceOf } from './ledger/sources.ts'
import { addProblems, addRows, beginTake, type OpenTake } from './ledger/take.ts'

export type SyncFile = {
  connection: number
  file: ExportFile
  startedBy?: number | null
  /** Row of export_files that waited for a person and is let through. */
  waiting?: number
}

export type SyncOutcome = FileOutcome & { run: number; counts?: Sealed['counts'] /** Of a workbook. */; sheet?: SheetSaid | null }

/** Takes one file. Trouble with rows stands next to what worked; a file that cannot be read is refused whole, and nothing of it stays. */
export async function sync(transact: Transact, input: SyncFile): Promise<SyncOutcome> {
  const settings = await transact(({ raw }) => readingOf(raw, input))
  const known = await transact((tx) => passOver(tx, input, settings))
  if (known !== null) return known
  const opened = await openExport(sourceIn(input), settings)
  if ('code' in opened) return refuse(transact, input, opened)
  try {
    return await takeOpened(transact, input, opened)
  } finally {
    opened.close()
  }
}

/** What a connector wrote of answers in our own words says itself how it is read. */
const readingOf = (raw: WriterTx['raw'], { connection, file: { plain } }: SyncFile): ReadSettings =>
  isEntity(plain) ? plainReading(plain) : readSettingsOf(JSON.parse(connectionOf(raw, connection).settings).reading)

/** What a workbook becomes for reading lies beside its private copy. */
const sourceIn = ({ file: { path, name, spool } }: SyncFile): Source => ({
  path: spool ?? fileOf(path),
  name,
  folder: spool === null ? tmpdir() : dirname(spool),
})

async function takeOpened(transact: Transact, input: SyncFile, opened: Opened): Promise<SyncOutcome> {
  const found = identify(opened.path, input.file.name, opened.settings)
  if ('code' in found) return refuse(transact, input, found)
  return takeAll(transact, input, [...found.also, found.format], { ...opened, header: found.layout.header })
}

type Headed = Opened & { header: readonly string[] }

/** The kind of record that gives the file its name comes last: only then does the file count as taken (`lastTaken`). */
async function takeAll(transact: Transact, input: SyncFile, claiming: readonly Format[], opened: Headed): Promise<SyncOutcome> {
  const only = riderIn(input.file.path)
  let outcome: SyncOutcome | null = null
  for (const format of claiming.filter(({ entity }) => only === null || entity === only)) {
    const mine =
      format.ridesOn === undefined || only !== null
        ? input
        : { ...input, file: { ...input.file, path: riding(input.file.path, format) }, waiting: undefined }
    outcome = (await transact((tx) => holdOlder(tx, mine, format))) ?? (await takeRows(transact, mine, format, opened))
  }
  return (
    outcome ?? refuse(transact, input, problem('file-unknown', { file: input.file.name, suggestion: 'none' }, { file: input.file.name }))
  )
}

/** The same bytes as last taken need no reading, unless only now something says that they are all there is. */
function passOver(tx: WriterTx, { connection, file, waiting }: SyncFile, settings: ReadSettings): SyncOutcome | null {
  const last = lastTaken(tx.raw, connection, file.path)
  if (waiting !== undefined || last?.sha256 !== file.sha256 || last.settingsVersion !== settingsVersion(settings)) return null
  const source = sourceById(tx.raw, last.source)
  if (roleOf(kinds[source.entity], source) === 'master' && provesMore(tx.raw, source.id, file)) return null
  for (const rider of riders) {
    const taken = lastTaken(tx.raw, connection, riding(file.path, rider))
    if (taken) sameAgain(tx, kinds, sourceById(tx.raw, taken.source), file)
  }
  return { filed: 'unchanged', ...sameAgain(tx, kinds, source, file) }
}

/** Older than what was last taken of the same export: another one's, of the same kind, may well be newer. */
function holdOlder(tx: WriterTx, { connection, file, waiting }: SyncFile, { entity, id }: Format): SyncOutcome | null {
  const { id: source } = sourceOf(tx.raw, connection, entity)
  const known = takenAsOf(tx.raw, source, file.path)
  const same = lastTaken(tx.raw, connection, file.path)?.sha256 === file.sha256
  if (waiting !== undefined || same || known === null || Date.parse(file.asOf) >= known) return null
  const older = problem('file-older', { file: file.name, taken: new Date(known).toISOString() }, { file: file.name })
  return { filed: 'waiting', problem: older, ...holdFile(tx, connection, file, older, source, id) }
}

async function refuse(transact: Transact, { connection, file }: SyncFile, trouble: Problem): Promise<SyncOutcome> {
  return transact((tx) => {
    const told = headerChanged(tx.raw, connection, file, trouble)
    return { filed: 'refused', problem: told, ...refuseFile(tx, connection, file, told) }
  })
}

/** Reads, stores batch by batch with room for commands in between, and seals. */
async function takeRows(
  transact: Transact,
  input: SyncFile,
  format: Format,
  { path, settings, sheet, header }: Headed,
): Promise<SyncOutcome> {
  const start = { ...input, kind: kinds[format.entity], format, header, settings }
  const take = await transact((tx) => {
    dropTakes(tx) // given up when it could not even be written down
    return beginTake(tx, start)
  })
  await transact(({ raw }) => cachePages(raw, 'much'))
  try {
    const { rescan, known } = await transact((tx) => rescanOf(tx, take))
    await readRows(transact, take, rescan, () => rescan.read(path, format, settings, input.file.name))
    const sealed = await transact((tx) =>
      sealTake(
        tx,
        take,
        { ...finishedOf(rescan, take, known), ...(sheet && { said: hiddenIn(sheet) }) },
        { kinds, letThrough: input.waiting !== undefined },
      ),
    )
    return {
      filed: sealed.outcome === 'taken' ? 'done' : 'waiting',
      run: take.run,
      counts: sealed.counts,
      sheet,
      ...(sealed.problem && { problem: sealed.problem }),
    }
  } catch (cause) {
    const trouble = cause instanceof Trouble ? cause.problem : problem('run-failed', { reason: String(cause), when: 'next-start' })
    await transact((tx) => giveUp(tx, take, trouble))
    if (!(cause instanceof Trouble)) throw cause
    return { filed: problems[trouble.code].next === 'wait' ? 'waiting' : 'refused', problem: trouble, run: take.run }
  } finally {
    await transact(({ raw }) => cachePages(raw, 'little'))
  }
}

function giveUp(tx: WriterTx, take: OpenTake, trouble: Problem): void {
  endTake(tx, take, 'refused', 'failed', { code: trouble.code })
  refuseFile(tx, take.source.connection, take.export, trouble, take)
}

function rescanOf(
  { raw }: WriterTx,
  { source, export: { path }, format, settingsVersion: version }: OpenTake,
): { rescan: Rescan; known: boolean } {
  const previous = loadPack(raw, source.id, path)
  return {
    rescan: new Rescan({ seed: ledgerSeed(raw), formatId: format, settingsVersion: version, previous, batchRows }),
    known: previous !== null,
  }
}

async function readRows(transact: Transact, take: OpenTake, rescan: Rescan, read: () => ReturnType<Rescan['read']>): Promise<void> {
  const progress = new Progress(Date.now(), take.export.size)
  const at = { connection: take.source.connection, run: take.run, file: take.export.name }
  const batches = read()
  for (let more = true; more; ) {
    more = await transact((tx) => {
      let next = batches.next()
      for (let n = 1; !next.done; n++, next = batches.next()) {
        const { rows, problems, bytes, lines } = next.value
        addRows(tx, take, rows, rescan)
        addProblems(take, problems)
        progress.tell(tx, { ...at, bytes, lines })
        if (n === batchesPerTransaction) return true
      }
      return false
    })
    await setImmediate() // waiting commands come by message: only a turn of the event loop lets them in
  }
}

/** A transaction holds at most 1,000 rows; read in quarters, most of what was read is forgotten while it is young. */
const batchesPerTransaction = 4
const batchRows = 250

/** Counted where there is something hidden: it was taken like all else. */
const hiddenIn = ({ hiddenRows, isHidden, otherSheets }: SheetSaid): Record<string, number> =>
  Object.fromEntries(
    Object.entries({ 'hidden-rows': hiddenRows, 'hidden-sheet': Number(isHidden), 'other-sheets': otherSheets }).filter(([, n]) => n > 0),
  )

function finishedOf(rescan: Rescan, take: OpenTake, known: boolean): Finished {
  const { unchanged, fresh, refused } = rescan.summary
  return {
    ...{
      rows: unchanged + fresh + refused,
      unchanged,
      rowsInTrouble: take.rowsInTrouble,
      rowsWithoutKey: take.rowsWithoutKey,
      keysInTrouble: take.keysInTrouble,
    },
    rescanned: known && !rescan.retaken,
    vanished: () => rescan.vanished(),
    stillHeld: () => rescan.stillHeld(),
    refuse: (record) => rescan.refuse(record),
    pack: () => rescan.pack(),
    recordsIn,
  }
}
