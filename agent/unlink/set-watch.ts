/** A person asks for an unlink in advance, or takes that back. Both are written down. */
import { type ForecastShape, wantsReason } from '../../shared/forecast.ts'
import type { Problem } from '../../shared/problem.ts'
import { neverGone, type WatchShape } from '../../shared/watch.ts'
import type { WriterTx } from '../ledger/command.ts'
import type { Eyes } from '../ledger/look.ts'
import { eyesOf } from '../ledger/look.ts'
import { closeProblems } from '../ledger/problems.ts'
import type { Kinds } from '../ledger/rows.ts'
import { sourceById } from '../ledger/sources.ts'
import { dropWatch, putWatch, type Watch, watchOn } from '../ledger/watches.ts'
import type { By } from '../ledger/writing.ts'
import { heldBy, unlinkFacts } from './facts.ts'
import { forecastOf } from './forecast.ts'
import { mayCancel } from './may.ts'
import { missingRight, refusedUnlink } from './right.ts'

export type SetWatch = { record: number; days: number; reason: string | null; by: { person: number; key: number; origin: string } }
export type SetWatchAnswer = { set: boolean; forecast: ForecastShape | null; missing?: Problem }

const dayMs = 86_400_000

/** One per link, for it and what is linked under it: set again, it is the newer person's, from now on. Where waiting cannot help, or a reason is missing, nothing is set and the forecast says so. */
export function setWatch(tx: WriterTx, kinds: Kinds, { record, days, reason, by }: SetWatch): SetWatchAnswer {
  const missing = refusedUnlink(tx, record, by, 'watch')
  if (missing) return { set: false, forecast: null, missing }
  const at = placeOf(tx, kinds, record)
  const facts = at && unlinkFacts(tx.raw, at.eyes, record, heldBy(tx.raw))
  const forecast = facts ? forecastOf(facts, tx.now()) : null
  const { person } = by
  const never = forecast && neverGone(forecast)
  if (forecast === null || never || (wantsReason(forecast) && (reason ?? '').trim() === '')) {
    const after = { forecast: forecast?.code ?? null, ...(never?.key ? { child: never.key, stays: never.said.code } : {}) }
    tx.audit({ ...by, act: 'watch-refused', subject: `link:${record}`, after })
    return { set: false, forecast }
  }
  const before = watchOn(tx.raw, record)
  const after = { record, ...by, reason, since: tx.now(), until: tx.now() + days * dayMs }
  putWatch(tx, after)
  closeProblems(tx, { record, codes: ['watch-not-allowed'] })
  tx.audit({ ...by, act: 'watch-set', subject: `link:${record}`, ...(before ? { before } : {}), after })
  tellMoved(tx, at, record, person)
  return { set: true, forecast }
}

type CancelWatchAnswer = { cancelled: boolean; missing?: Problem }

/** Whoever set it takes it back whatever they may do by now; anybody else has to have the right, and is not told whether there is one before that. */
export function cancelWatch(tx: WriterTx, kinds: Kinds, { record, by }: { record: number; by: By }): CancelWatchAnswer {
  const watch = watchOn(tx.raw, record)
  const missing = watch !== null && watch.person === by.person ? null : refusedCancel(tx, record, by)
  if (missing) return { cancelled: false, missing }
  if (watch === null) return { cancelled: false }
  endWatch(tx, kinds, watch, { kind: 'watch-cancelled', code: 'asked', by })
  return { cancelled: true }
}

function refusedCancel(tx: WriterTx, record: number, by: By): Problem | null {
  const { missing = null } = missingRight(tx.raw, record, by.person, mayCancel) ?? {}
  const after = missing && { cancel: true, missing: missing.code, ...missing.params }
  if (after) tx.audit({ ...by, act: 'watch-refused', subject: `link:${record}`, after })
  return missing
}

type Ending = { kind: 'watch-fired' | 'watch-expired' | 'watch-cancelled'; code: string; by: By }

/** It is over: out of the ledger, into the audit log, and told to the person who set it. */
export function endWatch(tx: WriterTx, kinds: Kinds, watch: Watch, { kind, code, by }: Ending): void {
  const { record, person } = watch
  dropWatch(tx, record)
  tx.audit({ ...by, act: kind, subject: `link:${record}`, before: watch, after: { code } })
  const at = placeOf(tx, kinds, record)
  const looked = at?.eyes.look(record)
  const item = looked?.item
  tx.emit(kind, {
    ...(at ? { connection: String(at.connection) } : {}),
    ...(item?.project ? { project: item.project } : {}),
    ...(item ? { items: [{ type: item.type, id: item.id }] } : {}),
    ...{ person: String(person), data: { code, key: looked?.record.key ?? null } },
  })
}

type Place = { connection: number; eyes: Eyes }

export function placeOf({ raw }: WriterTx, kinds: Kinds, record: number): Place | null {
  const row = raw.prepare('select source from records where id = ?').get(record)
  if (!row) return null
  const { connection } = sourceById(raw, Number(row['source']))
  return { connection, eyes: eyesOf(raw, kinds, connection) }
}

function tellMoved(tx: WriterTx, at: Place | null, record: number, person: number): void {
  const item = at?.eyes.look(record)?.item
  if (!at || !item) return
  const where = item.project ? { project: item.project } : {}
  const items = [{ type: item.type, id: item.id }]
  tx.emit('link-changed', { connection: String(at.connection), ...where, person: String(person), items })
}

/** What a link says of its watch; `waits`: since when all of it is gone, where one more export has to agree. */
export const watchSaid = ({ since, until, name }: Watch, waits: number | null): WatchShape => ({
  ...{ since: iso(since), until: iso(until), person: name },
  ...(waits === null ? {} : { waits: iso(waits) }),
})

const iso = (ms: number): string => new Date(ms).toISOString()
