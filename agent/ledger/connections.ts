import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { entities } from '../../shared/item.ts'
import type { WriterTx } from './command.ts'
import { linkedRecords } from './links.ts'
import { finish, reconcile, reconciling } from './reconcile.ts'
import type { Kinds } from './rows.ts'
import { connectionOf, sourceOf } from './sources.ts'
import type { By } from './writing.ts'

export type NewConnection = {
  name: string
  connector: string
  erpCompany: string
  procoreCompany: string
  owner: 'tieback' | 'procore'
  settings: Record<string, unknown>
  /** Whether it runs at once; true where nobody says otherwise. */
  active?: boolean
  by: By
}

/** Sets a connection up, watching only: its random key is made here, once. Answers its id. */
export function addConnection(tx: WriterTx, { by, settings, active = true, ...joins }: NewConnection): number {
  const { name, connector, erpCompany, procoreCompany, owner } = joins
  const key = `tb${randomBytes(8).toString('hex')}`
  const { lastInsertRowid } = tx.raw
    .prepare(
      'insert into connections (key, name, connector, erp_company, procore_company, owner, settings, settings_version, active) values (?, ?, ?, ?, ?, ?, ?, 1, ?)',
    )
    .run(key, name, connector, erpCompany, procoreCompany, owner, JSON.stringify(settings), Number(active))
  const id = Number(lastInsertRowid)
  for (const entity of entities) sourceOf(tx.raw, id, entity)
  tx.audit({ ...by, act: 'connection-added', subject: `connection:${id}`, after: { ...joins, active } })
  tx.emit('connection-changed', { connection: String(id), data: { name } })
  return id
}

/** Starts or stops a connection; false where it was so, or there is none. */
export function setActive(tx: WriterTx, { connection, active, by }: { connection: number; active: boolean; by: By }): boolean {
  const { changes } = tx.raw
    .prepare('update connections set active = ? where id = ? and active <> ?')
    .run(Number(active), connection, Number(active))
  if (changes === 0) return false
  tx.audit({ ...by, act: active ? 'connection-started' : 'connection-stopped', subject: `connection:${connection}` })
  tx.emit('connection-changed', { connection: String(connection), data: { active } })
  return true
}

/** Stops a connection and hides it; all it knows is kept. False where it was so, or there is none. */
export function deleteConnection(tx: WriterTx, { connection, by }: { connection: number; by: By }): boolean {
  const { changes } = tx.raw
    .prepare('update connections set active = 0, deleted_at = ? where id = ? and deleted_at is null')
    .run(tx.now(), connection)
  if (changes === 0) return false
  tx.audit({ ...by, act: 'connection-deleted', subject: `connection:${connection}` })
  tx.emit('connection-changed', { connection: String(connection), data: { active: false } })
  return true
}

/** Brings it back as it was, stopped: a person starts it, and it is tested then. */
export function restoreConnection(tx: WriterTx, { connection, by }: { connection: number; by: By }): boolean {
  const { changes } = tx.raw.prepare('update connections set deleted_at = null where id = ? and deleted_at is not null').run(connection)
  if (changes === 0) return false
  tx.audit({ ...by, act: 'connection-restored', subject: `connection:${connection}` })
  tx.emit('connection-changed', { connection: String(connection), data: {} })
  return true
}

/** What would be kept, and what would wait, were a connection deleted now: its links, those written in Procore, and changes not yet sent. */
export function keptBy(raw: DatabaseSync, connection: number): { links: number; tied: number; waiting: number } {
  const links = raw
    .prepare(
      `select count(*) as n, coalesce(sum(l.tied), 0) as tied from links l join records r on r.id = l.record join sources s on s.id = r.source
       where s.connection = ? and l.item_id is not null`,
    )
    .get(connection)
  const waiting = raw
    .prepare(
      'select count(*) as n from outbox o join records r on r.id = o.record join sources s on s.id = r.source where s.connection = ? and o.state <> 5',
    )
    .get(connection)
  return { links: Number(links?.['n']), tied: Number(links?.['tied']), waiting: Number(waiting?.['n']) }
}

/** Written down without the secret, which the ledger never holds. */
export function secretChanged(tx: WriterTx, { connection, by }: { connection: number; by: By }): void {
  tx.audit({ ...by, act: 'secret-changed', subject: `connection:${connection}` })
  tx.emit('connection-changed', { connection: String(connection), data: {} })
}

/** The same of its connector's own. */
export function connectorSecretChanged(tx: WriterTx, { connection, by }: { connection: number; by: By }): void {
  tx.audit({ ...by, act: 'connector-secret-changed', subject: `connection:${connection}` })
  tx.emit('connection-changed', { connection: String(connection), data: {} })
}

export type SetSettings = { connection: number; settings: Record<string, unknown>; by: By }

/** Replaces a connection's settings; what is read after this is read anew where it matters, and links that rest on what changed are judged anew. */
export function setSettings(tx: WriterTx, kinds: Kinds, { connection, settings, by }: SetSettings): void {
  const before = connectionOf(tx.raw, connection)
  tx.raw
    .prepare('update connections set settings = ?, settings_version = settings_version + 1 where id = ?')
    .run(JSON.stringify(settings), connection)
  tx.audit({ ...by, act: 'settings-changed', subject: `connection:${connection}`, before: JSON.parse(before.settings), after: settings })
  tx.emit('connection-changed', { connection: String(connection), data: {} })
  const old: Record<string, unknown> = JSON.parse(before.settings)
  const moved = Object.values(kinds).filter(({ basis = [] }) => basis.some((name) => old[name] !== settings[name]))
  const on = reconciling(tx, kinds, connection, { code: 'check' })
  for (const { entity } of moved) reconcile(on, linkedRecords(tx, connection, entity))
  finish(on)
}

/**
 * An admin says whether an entity's file always holds every record (default no). Once they do, the next export is read even where it is the last
 * to the letter: what it lacks says something only now.
 */
export function setAlwaysComplete(
  tx: WriterTx,
  { connection, entity, always, by }: { connection: number; entity: (typeof entities)[number]; always: boolean; by: By },
): void {
  const { id, always_complete } = sourceOf(tx.raw, connection, entity)
  tx.raw.prepare('update sources set always_complete = ? where id = ?').run(Number(always), id)
  if (always && always_complete === 0) tx.raw.prepare("update fingerprint_heads set settings_version = '' where source = ?").run(id)
  tx.emit('connection-changed', { connection: String(connection), data: { entity } })
  tx.audit({ ...by, act: 'always-complete-set', subject: `source:${id}`, before: always_complete === 1, after: always })
}
