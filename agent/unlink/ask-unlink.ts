/** A person asks for an unlink: it is written down, with who and why, and waits for the outbox; or the facts have moved, and nothing is written. */
import { type ForecastShape, isOverridable, overrideReasonLength, type UnlinkOutcome } from '../../shared/forecast.ts'
import type { Problem } from '../../shared/problem.ts'
import type { WriterTx } from '../ledger/command.ts'
import { moveLink } from '../ledger/links.ts'
import type { Looked } from '../ledger/look.ts'
import { closeProblems } from '../ledger/problems.ts'
import { finish, type Reconciling, reconciling } from '../ledger/reconcile.ts'
import type { Kinds } from '../ledger/rows.ts'
import { sourceById } from '../ledger/sources.ts'
import { halfDoneTold, isOffInPart } from '../ledger/unlinks.ts'
import type { By } from '../ledger/writing.ts'
import { type Asked, outboxOps, outboxStates } from '../outbox/outbox.ts'
import { type HeldBy, heldBy, unlinkFacts } from './facts.ts'
import { forecastOf } from './forecast.ts'
import { refusedUnlink } from './right.ts'

/** `override`: an admin asks for it although the ERP still has the record, or nobody knows. */
export type AskUnlink = { record: number; forecast: string; reason: string | null; override?: boolean; by: By }
/** `missing`: what of the person's right is; nothing was read for them then. */
export type Told = { asked: UnlinkOutcome; forecast: ForecastShape | null; missing?: Problem }

/** One person's unlinks in one transaction: what is read of a connection and its exports is read once. Call `finish` at the end. */
export type Asking = {
  tx: WriterTx
  by: By
  /** What stands behind a link nobody knows is null. */
  see(record: number): { on: Reconciling; looked: Looked; forecast: ForecastShape } | null
  finish(): void
}

export function asking(tx: WriterTx, kinds: Kinds, by: By): Asking {
  const connections = new Map<number, Reconciling>()
  const held: HeldBy = heldBy(tx.raw)
  const onOf = (connection: number): Reconciling => {
    const on = connections.get(connection) ?? reconciling(tx, kinds, connection, { code: 'unlink', person: by.person })
    connections.set(connection, on)
    return on
  }
  return {
    tx,
    by,
    see(record) {
      const row = tx.raw.prepare('select source from records where id = ?').get(record)
      if (!row) return null
      const on = onOf(sourceById(tx.raw, Number(row['source'])).connection)
      const looked = on.eyes.look(record)
      const facts = looked && unlinkFacts(tx.raw, on.eyes, record, held)
      return facts && { on, looked, forecast: forecastOf(facts, tx.now()) }
    },
    finish() {
      for (const on of connections.values()) finish(on)
    },
  }
}

/** Asked again, it answers how far it came: what is under way or done is not begun twice. */
export function askUnlink(tx: WriterTx, kinds: Kinds, { by, ...ask }: AskUnlink): Told {
  const all = asking(tx, kinds, by)
  const told = askOne(all, ask)
  all.finish()
  return told
}

export function askOne(all: Asking, { record, forecast: id, reason, override = false }: Omit<AskUnlink, 'by'>): Told {
  const missing = refusedUnlink(all.tx, record, all.by)
  if (missing) return { asked: 'refused', forecast: null, missing }
  const seen = all.see(record)
  if (!seen?.looked.item) return { asked: 'refused', forecast: null }
  const { on, looked, forecast } = seen
  if (looked.state === 'unlinked' && !isOffInPart(all.tx.raw, record)) return { asked: 'unlinked', forecast }
  if (looked.state === 'unlinking') return { asked: 'under-way', forecast }
  if (forecast.id !== id) return refuse(all, record, { asked: 'changed', forecast })
  const overrides = override && !allows(forecast, reason) && mayOverride(forecast, reason)
  if (!overrides && !allows(forecast, reason)) return refuse(all, record, { asked: 'refused', forecast })
  begin(all.tx, looked, { ...all.by, forecast: forecast.code, reason })
  const data = { forecast: forecast.code, ...(reason ? { reason } : {}), ...(overrides ? { override: true } : {}) }
  moveLink(all.tx, record, looked.state, 'unlinking', { ...on.why, data })
  const { type, id: item, project, originId, originCode } = looked.item as NonNullable<Looked['item']>
  all.tx.audit({
    ...{ ...all.by, act: overrides ? 'unlink-overridden' : 'unlink-asked', subject: `link:${record}` },
    ...{ before: { type, id: item, key: looked.record.key, originId, originCode }, after: { forecast, reason } },
  })
  on.told.add({ type, id: item, project })
  return { asked: 'asked', forecast }
}

/** Nothing is done; that it was asked for is kept. */
export function refuse<T extends Told>({ tx, by }: Asking, record: number, told: T): T {
  tx.audit({ ...by, act: 'unlink-refused', subject: `link:${record}`, after: told })
  return told
}

export const allows = (forecast: Pick<ForecastShape, 'kind' | 'reason'>, reason: string | null): boolean =>
  (forecast.kind === 'ready' || forecast.kind === 'left-with-job') && !lacksReason(forecast, reason)

/** What left with its job, or had money invoiced on it, is unlinked on a person's word, which is kept. */
const lacksReason = (forecast: Pick<ForecastShape, 'reason'>, reason: string | null): boolean =>
  forecast.reason === true && (reason === null || reason.trim() === '')

const mayOverride = ({ code }: ForecastShape, reason: string | null): boolean =>
  isOverridable(code) && (reason ?? '').trim().length >= overrideReasonLength

/** In place of whatever waited or failed for this record: none of it was sent, or the forecast would say that a change is under way. What is half done stays told until it is not. */
function begin(tx: WriterTx, { record: { id } }: Looked, asked: Asked): void {
  tx.raw.prepare('delete from outbox where record = ? and state <> ?').run(id, outboxStates.indexOf('done'))
  closeProblems(tx, { record: id, but: halfDoneTold(tx.raw, id) })
  tx.raw.prepare('update links set problem = null where record = ?').run(id)
  tx.raw
    .prepare('insert into outbox (record, op, state, attempts, not_before, asked) values (?, ?, ?, 0, 0, ?)')
    .run(id, outboxOps.indexOf('unlink'), outboxStates.indexOf('waiting'), JSON.stringify(asked))
}
