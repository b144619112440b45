/** A person asks for an unlink: it is written down, with who and why, and waits for the outbox; or the facts have moved, and nothing is written. */
import { type ForecastShape, isOverridable, overrideReasonLength, type UnlinkOutcome } from '../../shared/forecast.ts'
import type { WriterTx } from '../ledger/command.ts'
import { moveLink } from '../ledger/links.ts'
import type { Looked } from '../ledger/look.ts'
import { closeProblems } from '../ledger/problems.ts'
import { finish, reconciling } from '../ledger/reconcile.ts'
import type { Kinds } from '../ledger/rows.ts'
import { sourceById } from '../ledger/sources.ts'
import type { By } from '../ledger/writing.ts'
import { outboxOps, outboxStates } from '../outbox/outbox.ts'
import { heldBy, unlinkFacts } from './facts.ts'
import { forecastOf } from './forecast.ts'

/** `override`: an admin asks for it although the ERP still has the record, or nobody knows. */
export type AskUnlink = { record: number; forecast: string; reason: string | null; override: boolean; by: By }

/** Asked again, it answers how far it came: what is under way or done is not begun twice. */
export function askUnlink(
  tx: WriterTx,
  kinds: Kinds,
  { record, forecast: id, reason, override, by }: AskUnlink,
): { asked: UnlinkOutcome; forecast: ForecastShape | null } {
  const row = tx.raw.prepare('select source from records where id = ?').get(record)
  if (!row) return { asked: 'refused', forecast: null }
  const on = reconciling(tx, kinds, sourceById(tx.raw, Number(row['source'])).connection, { code: 'unlink', person: by.person })
  const looked = on.eyes.look(record)
  const facts = unlinkFacts(tx.raw, on.eyes, record, heldBy(tx.raw))
  if (!looked?.item || !facts) return { asked: 'refused', forecast: null }
  const forecast = forecastOf(facts, tx.now())
  if (looked.state === 'unlinked') return { asked: 'unlinked', forecast }
  if (looked.state === 'unlinking') return { asked: 'under-way', forecast }
  if (forecast.id !== id) return { asked: 'changed', forecast }
  const overrides = override && !allows(forecast, reason) && mayOverride(forecast, reason)
  const { type, id: item, project, originId, originCode } = looked.item
  const act = { ...by, subject: `link:${record}`, before: { type, id: item, key: looked.record.key, originId, originCode } }
  if (!overrides && !allows(forecast, reason)) {
    tx.audit({ ...act, act: 'unlink-refused', after: { forecast, reason, override } })
    return { asked: 'refused', forecast }
  }
  begin(tx, looked)
  const data = { forecast: forecast.code, ...(reason ? { reason } : {}), ...(overrides ? { override: true } : {}) }
  moveLink(tx, record, looked.state, 'unlinking', { ...on.why, data })
  tx.audit({ ...act, act: overrides ? 'unlink-overridden' : 'unlink-asked', after: { forecast, reason } })
  on.told.add({ type, id: item, project })
  finish(on)
  return { asked: 'asked', forecast }
}

/** What left with its job is unlinked on a person's word, which is kept. */
const allows = ({ kind }: ForecastShape, reason: string | null): boolean =>
  kind === 'ready' || (kind === 'left-with-job' && reason !== null && reason.trim() !== '')

const mayOverride = ({ code }: ForecastShape, reason: string | null): boolean =>
  isOverridable(code) && (reason ?? '').trim().length >= overrideReasonLength

/** In place of whatever waited or failed for this record: none of it was sent, or the forecast would say that a change is under way. */
function begin(tx: WriterTx, { record: { id } }: Looked): void {
  tx.raw.prepare('delete from outbox where record = ? and state <> ?').run(id, outboxStates.indexOf('done'))
  closeProblems(tx, { record: id })
  tx.raw.prepare('update links set problem = null where record = ?').run(id)
  tx.raw
    .prepare('insert into outbox (record, op, state, attempts, not_before) values (?, ?, ?, 0, 0)')
    .run(id, outboxOps.indexOf('unlink'), outboxStates.indexOf('waiting'))
}
