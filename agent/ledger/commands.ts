/** The short commands of the ledger itself; other parts bring their own (writer.ts lists them all). */
import type { Problem } from '../../shared/problem.ts'
import { certificateSet, setAgentSetting } from './agent-settings.ts'
import { agreeToTexts } from './agreed.ts'
import { type Archive, archive, type TakeBack, takeBack } from './archive.ts'
import { backupAsked, backupEnded } from './backups-made.ts'
import { certificateEnds } from './certificate-ends.ts'
import type { WriterTx } from './command.ts'
import { type ConfirmMatch, type ConfirmMatches, confirmMatch, confirmMatches } from './confirm-match.ts'
import {
  addConnection,
  connectorSecretChanged,
  deleteConnection,
  restoreConnection,
  type SetSettings,
  secretChanged,
  setActive,
  setAlwaysComplete,
  setSettings,
} from './connections.ts'
import { type ExportsMissed, exportsMissed } from './exports-missed.ts'
import { type ItemsSeen, itemsSeen, type SeenCounts } from './items-seen.ts'
import { type MappingBack, type MappingSaved, mappingBack, type SaveMapping, saveMapping } from './mappings.ts'
import { type NothingNew, nothingNew } from './nothing-new.ts'
import { directorySeen, membersSeen } from './people-asked.ts'
import { closeProblems, type Opening, type Over, openProblem } from './problems.ts'
import { finish, reconcile, reconciling } from './reconcile.ts'
import type { Kinds } from './rows.ts'
import { beginRun, endRun, type RunCounts, type RunStart, type RunState } from './runs.ts'
import { type SetWriting, setWriting, type Writing } from './writing.ts'

/** `kinds` is items/index.ts. */
export const ledgerCommands = (kinds: Kinds) => ({
  addConnection,
  setSettings: (tx: WriterTx, input: SetSettings): void => setSettings(tx, kinds, input),
  setActive,
  deleteConnection,
  restoreConnection,
  secretChanged,
  connectorSecretChanged,
  agreeToTexts,
  ...{ setAgentSetting, certificateSet, certificateEnds, backupAsked, backupEnded },
  setAlwaysComplete,
  directorySeen,
  membersSeen,
  setWriting: (tx: WriterTx, input: SetWriting): Writing | null => setWriting(tx, kinds, input),
  saveMapping: (tx: WriterTx, input: SaveMapping): MappingSaved => saveMapping(tx, kinds, input),
  mappingBack: (tx: WriterTx, input: MappingBack): MappingSaved => mappingBack(tx, kinds, input),
  /** What a list of Procore said, page by page. */
  itemsSeen: (tx: WriterTx, input: ItemsSeen): SeenCounts => itemsSeen(tx, kinds, input),
  confirmMatch: (tx: WriterTx, input: ConfirmMatch): Problem | null => confirmMatch(tx, kinds, input),
  confirmMatches: (tx: WriterTx, input: ConfirmMatches): number[] => confirmMatches(tx, kinds, input),
  archive: (tx: WriterTx, input: Archive): Problem | null => archive(tx, kinds, input),
  takeBack: (tx: WriterTx, input: TakeBack): Problem | null => takeBack(tx, kinds, input),
  /** Looks at these records' links again, both sides as stored. */
  rejudge: (tx: WriterTx, { connection, records }: { connection: number; records: number[] }): void => {
    const on = reconciling(tx, kinds, connection, { code: 'check' })
    reconcile(on, records)
    finish(on)
  },
  beginRun: (tx: WriterTx, start: RunStart): number => beginRun(tx, start),
  endRun: (tx: WriterTx, { run, state, counts }: { run: number; state: RunState; counts: RunCounts }): void =>
    endRun(tx, run, state, counts),
  openProblem: (tx: WriterTx, opening: Opening): number => openProblem(tx, opening),
  closeProblems: (tx: WriterTx, over: Over): number => closeProblems(tx, over),
  /** A connector that is asked had nothing new. */
  nothingNew: (tx: WriterTx, input: NothingNew): void => nothingNew(tx, kinds, input),
  exportsMissed: (tx: WriterTx, input: ExportsMissed): void => exportsMissed(tx, input),
  /** Badges of a connection look otherwise, although none of its links moved. */
  freshnessMoved: (tx: WriterTx, { connection }: { connection: number }): void =>
    tx.emit('connection-changed', { connection: String(connection), data: { code: 'freshness' } }),
  /** A file came up in a watched folder or changed there, before it rests. */
  fileSeen: (tx: WriterTx, { connection, file, bytes }: { connection: number; file: string; bytes: number }): void =>
    tx.emit('file-seen', { connection: String(connection), data: { file, bytes } }),
  /** What was last taken from this path was filed; so it looked, in its connector's words. */
  fileMet: ({ raw }: WriterTx, { connection, path, met }: { connection: number; path: string; met: string }): void => {
    raw
      .prepare('update fingerprint_heads set met = ? where path = ? and source in (select id from sources where connection = ?)')
      .run(met, path, connection)
  },
})
