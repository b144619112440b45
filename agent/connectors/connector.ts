/** Ways to reach an ERP: what a connector is and what it hands over. One folder per way; the list is index.ts. */
import type { Problem } from '../../shared/problem.ts'

/**
 * What came with the file to say that it is whole (erp-files.md F4; design, “Gone from the ERP”). Only `proof` lets anyone conclude that a record is
 * gone. `part`: it holds what changed and says nothing of the rest, whatever an admin has said of such exports.
 */
export type Completeness =
  | { proof: 'manifest' | 'ok-file' | 'trailer'; rows: number }
  | { proof: 'admin-says-so' }
  | { proof: 'none' }
  | { proof: 'part' }

/** How far a connector that is asked was read with this file; kept once the file is sealed. `whole`: it was read from the beginning. */
export type Cursor = { text: string; fields: string; whole: boolean }

/** An export at rest: spooled, hashed, whole. `spool` is null when the content equals what was last taken from this path (hashed in place, not copied). */
export type ExportFile = {
  path: string
  name: string
  spool: string | null
  size: number
  mtimeMs: number
  sha256: string
  /** When the ERP data was taken: the manifest's time, else the file's own; ISO. */
  asOf: string
  complete: Completeness
  /** The entity a manifest names, if there is one. */
  entity?: string | undefined
  /** The kind of record, where a connector wrote it in our own words: our field names, plain dates and amounts. */
  plain?: string | undefined
  cursor?: Cursor | undefined
}

/** What became of a file: decides where it is filed. */
export type FileOutcome = { filed: 'done' | 'refused' | 'waiting' | 'unchanged'; problem?: Problem | undefined }

/** A field the connector asks for when a connection is set up; forms show them in their order (words: `set-up-field.<name>`). */
export type ConnectorField = {
  name: string
  type: 'text' | 'path' | 'url' | 'time' | 'number' | 'choice' | 'flag' | 'secret'
  mandatory: boolean
  /** Shown and not changed. */
  readOnly?: boolean
  default?: string | number | boolean
  choices?: readonly string[]
}

/** One named, timed step of Test; `values` fill its word. */
export type TestStep = { name: string; ok: boolean; ms: number; values?: Record<string, string | number>; problem?: Problem | undefined }

/** What only the agent knows: the secrets of this connection by their field, and the fields of each kind of record. */
export type Knows = {
  secret: (field: string) => Promise<string | null>
  fieldsOf: (entity: string) => { all: readonly string[]; required: readonly string[] }
}

/** What a running connector is handed. Everything that touches time or disk comes in here. */
export type ConnectorParts = {
  /** ms since 1970; injected so that tests own the clock. */
  now: () => number
  /** Private folder for spool copies. */
  spoolFolder: string
  /** What was last taken from this path, or null; `met` as `onMet` told it, null when it must be read again all the same. */
  lastTaken: (path: string) => { sha256: string; met: string | null } | null
  /** Called once per file at rest, one at a time per connection; the file is filed by its outcome. */
  onFile: (file: ExportFile) => Promise<FileOutcome>
  /** What was taken from this path is dealt with; `met` says in the connector's own words how the file looked: looking so again, it needs no reading. */
  onMet: (path: string, met: string) => void
  /** A file was noticed for the first time or changed (for progress), before it rests. */
  onSeen: (path: string, size: number) => void
  /** Trouble with the folder itself, opened and closed by key (folder path). */
  onTrouble: (problem: Problem) => void
  onTroubleOver: (code: Problem['code']) => void
  signal: AbortSignal
}

/** What a connector would run on this machine: the line, and the whole text of all it names. `sha256` stands for exactly that. */
export type Program = { line: string[]; files: { path: string; text: string }[]; sha256: string }

/** What one that is asked is handed besides. */
export type AskedParts = ConnectorParts &
  Knows & {
    /** How far this kind of record was read, and when all of it last was (ms); null: never. */
    cursor: (entity: string) => { text: string; fields: string; wholeAt: number } | null
    /** What an admin agreed to have run here (`Program.sha256`); null: nothing yet. */
    agreed: () => string | null
    /** Asked again, there was nothing new to what was last taken from this path: known as of then. */
    onNothingNew: (path: string, asOf: string, cursor: Cursor) => Promise<void>
  }

export type Connector<Settings> = {
  id: string
  fields: readonly ConnectorField[]
  /** The field that cannot be used as it is; null where all can. */
  fault(settings: Settings): string | null
  /** How often its schedule asks it, minutes; null where what it has arrives by itself. */
  asksEvery(settings: Settings): number | null
  /** Until when the ERP is left alone, whatever the schedule says (ms); null while it may be asked. */
  heldUntil?(settings: Settings, now: number): number | null
  /** What it would run here, which an admin must have agreed to before. Throws Trouble where that cannot be read. Left out where it runs nothing. */
  program?(settings: Settings): Promise<Program>
  test(settings: Settings, knows: Knows): Promise<TestStep[]>
  /** The newest file there to tell from what the ERP exports; null where there is none. Throws where the test says why. Left out where none lies anywhere. */
  sample?(settings: Settings): Promise<{ path: string; name: string } | null>
  /** Starts watching; resolves when the first listing is done. Stops by the signal. `checkNow` re-lists at once; `readWaiting` ends once nothing lies there unread. */
  start(settings: Settings, parts: AskedParts): Promise<{ checkNow: () => Promise<void>; readWaiting: () => Promise<void> }>
}
