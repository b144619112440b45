import type { DatabaseSync } from 'node:sqlite'
import { kinds } from '../../../agent/items/index.ts'
import { originId, type ProcoreItem } from '../../../agent/items/kind.ts'
import type { Command, WriterTx } from '../../../agent/ledger/command.ts'
import { packContent } from '../../../agent/ledger/content.ts'
import { keepItemKeys, keepPart } from '../../../agent/ledger/match.ts'
import { finish, reconcile, reconciling } from '../../../agent/ledger/reconcile.ts'
import { sourceOf } from '../../../agent/ledger/sources.ts'
import { outboxCommands } from '../../../agent/outbox/commands.ts'
import type { OutboxCalls } from '../../../agent/outbox/worker.ts'
import { turn, type WorkerParts } from '../../../agent/outbox/worker.ts'
import type { Client } from '../../../agent/procore/client.ts'
import { procoreLists } from '../../../agent/procore/index.ts'
import { type Entity, entities, itemTypes } from '../../../shared/item.ts'
import { linkStates } from '../../../shared/link-state.ts'
import type { StandIn } from '../../procore/stand-in.ts'
import { openLedger, type TestLedger } from '../ledger/open-ledger.ts'
import { openDoor, quickClock } from '../procore/open-door.ts'

type Row = Record<string, unknown>
const commands = outboxCommands(kinds)

/** A ledger, a connection that writes everything, and the real outbox on a stand-in Procore. */
export type Firm = {
  ledger: TestLedger
  clock: ReturnType<typeof quickClock>
  client: Client
  calls: OutboxCalls
  /** What the ledger would be told by polling. */
  see(list: string, project?: string | null): Promise<void>
  record(entity: Entity, key: string, fields: Record<string, string | null>): Promise<number>
  /** Changes a record as a later export would. */
  change(id: number, entity: Entity, fields: Record<string, string | null>): Promise<void>
  /** Works until nothing is due any more. */
  deliver(signal?: AbortSignal): Promise<void>
  retryMissing(): Promise<number>
  /** In these projects alone, unless null. */
  retry(cause: string, projects?: readonly string[] | null): Promise<number>
  /** Resolves once the condition holds. */
  until(holds: () => boolean): Promise<void>
  outbox(): Row[]
  problems(): Row[]
  state(record: number): string | undefined
}

const connectionKey = 'k7f3'
export const originOf = (entity: Entity, key: string): string => originId(connectionKey, entity, key)

export async function makeFirm(standIn: StandIn): Promise<Firm> {
  const ledger = await openLedger()
  ledger.clock.now = Date.now()
  const clock = quickClock(ledger.clock.now)
  const client = openDoor(standIn, clock)
  addConnection(ledger.raw, String(standIn.company.id))
  const run = async <I, O>(command: Command<I, O>, input: I): Promise<O> => {
    ledger.clock.now = clock.time
    return ledger.transact((tx) => command(tx, input))
  }
  const firm: Firm = {
    ...{ ledger, clock, client },
    see: (list: string, project: string | null = null) => see(firm, list, project),
    record: (entity: Entity, key: string, fields: Record<string, string | null>) => addRecord(firm, entity, key, fields),
    /** Changes a record as a later export would. */
    change: (id: number, entity: Entity, fields: Record<string, string | null>) => changeRecord(firm, id, entity, fields),
    deliver: (signal = new AbortController().signal) => deliver(firm, signal),
    calls: callsOf(run),
    retryMissing: () => run(commands.retryMissing, { connection: 1 }),
    retry: (cause, projects = null) => run(commands.retry, { cause, projects, shut: [] }),
    until: async (holds: () => boolean) => {
      while (!holds()) await new Promise((resolve) => setImmediate(resolve))
    },
    outbox: () => rows(ledger.raw, 'select * from outbox order by id'),
    problems: () => rows(ledger.raw, 'select code, record, params, cause from problems where closed_at is null order by id'),
    state: (record: number) => linkStates[Number(rows(ledger.raw, `select state from links where record = ${record}`)[0]?.['state'])],
  }
  return firm
}

const rows = (raw: DatabaseSync, sql: string): Row[] =>
  raw
    .prepare(sql)
    .all()
    .map((row) => ({ ...row }))

function addConnection(raw: DatabaseSync, company: string): void {
  raw
    .prepare("insert into connections values (1, ?, 'Books', 'folder', 'Northgate', ?, 'tieback', '{}', 1, 1, null, null)")
    .run(connectionKey, company)
  for (const entity of entities) sourceOf(raw, 1, entity)
  raw.exec('update sources set writing = 1, creating = 1')
}

function callsOf(run: <I, O>(command: Command<I, O>, input: I) => Promise<O>): OutboxCalls {
  return {
    claim: (input) => run(commands.claim, input),
    settle: (input) => run(commands.settle, input),
    progress: (input) => run(commands.progress, input),
    recheckCreates: (input) => run(commands.recheckCreates, input),
  }
}

async function see(
  { client, ledger, clock }: Pick<Firm, 'client' | 'ledger' | 'clock'>,
  name: string,
  project: string | null,
): Promise<void> {
  const list = procoreLists.find((one) => one.id === name)
  if (!list) throw new Error(`There is no list ${name}.`)
  const anyProject = '1'
  const found: ProcoreItem[] = []
  for await (const page of list.read(client, { project, anyProject }, {})) found.push(...page)
  ledger.clock.now = clock.time
  await ledger.transact((tx) => keep(tx, found))
}

function keep(tx: WriterTx, items: readonly ProcoreItem[]): void {
  const put = tx.raw.prepare(
    'insert or replace into items (connection, type, id, project, origin_id, origin_code, content, updated_at, deleted_at, seen_at) values (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  for (const one of items) {
    put.run(
      itemTypes.indexOf(one.type),
      one.id,
      one.project,
      one.originId,
      one.originCode,
      JSON.stringify(one.content),
      one.updatedAt,
      one.deletedAt,
      tx.now(),
    )
    keepItemKeys(tx, kinds, 1, one)
  }
  judgeAll(tx)
}

function judgeAll(tx: WriterTx, moved: readonly number[] = []): void {
  const on = reconciling(tx, kinds, 1, { code: 'poll' }, new Set(moved))
  reconcile(
    on,
    tx.raw
      .prepare('select record from links order by record')
      .all()
      .map((row) => Number(row['record'])),
  )
  finish(on)
}

async function addRecord(
  { ledger }: Pick<Firm, 'ledger'>,
  entity: Entity,
  key: string,
  fields: Record<string, string | null>,
): Promise<number> {
  const source = sourceOf(ledger.raw, 1, entity)
  return ledger.transact((tx) => {
    const { lastInsertRowid } = tx.raw
      .prepare('insert into records (source, key, content, left_out, take, line) values (?, ?, ?, 0, 1, 1)')
      .run(source.id, key, packContent(kinds[entity].fields, fields))
    const id = Number(lastInsertRowid)
    if (kinds[entity].itemTypes.length > 0) tx.raw.prepare('insert into links (record, state, since) values (?, 0, ?)').run(id, tx.now())
    else keepPart(tx, { connection: 1, id }, kinds[entity], tx.raw.prepare('select * from records where id = ?').get(id) as Row)
    judgeAll(tx)
    return id
  })
}

async function changeRecord(
  { ledger }: Pick<Firm, 'ledger'>,
  id: number,
  entity: Entity,
  fields: Record<string, string | null>,
): Promise<void> {
  await ledger.transact((tx) => {
    tx.raw.prepare('update records set content = ? where id = ?').run(packContent(kinds[entity].fields, fields), id)
    judgeAll(tx, [id])
  })
}

/** Works until nothing is due any more, time standing still between turns. The first turn takes up what a dead worker left. */
async function deliver(firm: Pick<Firm, 'client' | 'clock' | 'calls' | 'see' | 'ledger'>, signal: AbortSignal): Promise<void> {
  const parts: WorkerParts = {
    ...{ client: firm.client, clock: firm.clock, calls: firm.calls, signal, connections: () => [1] },
    refresh: async (_connection, list, project) => firm.see(list, project),
  }
  for (let n = 0; (await turn(parts, 1, n === 0)) || (await later(firm)); n++) if (n > 60) throw new Error('It never ends.')
}

/** Lets the time come for what is due within ten minutes. */
async function later({ clock, ledger }: { clock: { time: number }; ledger: TestLedger }): Promise<boolean> {
  const row = ledger.raw.prepare('select min(not_before) as at from outbox where state in (0, 2) and not_before > ?').get(clock.time)
  const at = row?.['at']
  if (typeof at !== 'number' || at > clock.time + 600_000) return false
  clock.time = at
  return true
}
