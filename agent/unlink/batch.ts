/** Unlinks asked for together are written down as a batch: what goes when is settled here, once; advance.ts takes it from there. */
import { type ForecastShape, unlinkStates } from '../../shared/forecast.ts'
import type { WriterTx } from '../ledger/command.ts'
import type { Kinds } from '../ledger/rows.ts'
import type { UnlinkEntryRow } from '../ledger/schema/tables/acts.ts'
import { isOffInPart } from '../ledger/unlinks.ts'
import type { By } from '../ledger/writing.ts'
import { advanceBatch } from './advance.ts'
import { type Asking, allows, asking, refuse, type Told } from './ask-unlink.ts'
import { rankOf } from './children.ts'
import { missingRight, refusedUnlink } from './right.ts'

/** A link as it was named, and the forecast that was seen; `record` is null where there is no such link. */
type Wanted = { link: string; record: number | null; forecast: string }
export type AskUnlinks = { wanted: readonly Wanted[]; reason: string | null; by: By }

/** Answers the batch. What can go goes at once; the rest is told as not unlinked, and stops no other. */
export function askUnlinks(tx: WriterTx, kinds: Kinds, { wanted, reason, by }: AskUnlinks): number {
  return makeBatch(asking(tx, kinds, by), { wanted, reason })
}

export type AskFamily = { record: number; forecast: string; reason: string | null; by: By }
/** `child`: the first under it that does not allow it. */
export type ToldFamily = Told & { batch: number | null; child?: string }

/** An item with all that is linked under it, as one act: where one of them is not ready nothing is written. */
export function askFamily(tx: WriterTx, kinds: Kinds, { record, forecast: id, reason, by }: AskFamily): ToldFamily {
  const missing = refusedUnlink(tx, record, by)
  if (missing) return { asked: 'refused', forecast: null, batch: null, missing }
  const all = asking(tx, kinds, by)
  const seen = all.see(record)
  if (!seen?.looked.item) return { asked: 'refused', forecast: null, batch: null }
  const { forecast } = seen
  const batch = openBatch(tx, record)
  if (seen.looked.state === 'unlinked' && !isOffInPart(tx.raw, record)) return { asked: 'unlinked', forecast, batch }
  if (batch !== null) return { asked: 'under-way', forecast, batch }
  if (forecast.id !== id) return refuse(all, record, { asked: 'changed', forecast, batch })
  const child = forecast.children?.find((one) => one.forecast === null || !allows(one.forecast, reason))
  if (child) return refuse(all, record, { asked: 'refused', forecast, batch, child: child.key ?? `${child.type}:${child.id}` })
  if (!allows(forecast.after ?? forecast, reason)) return refuse(all, record, { asked: 'refused', forecast, batch })
  const wanted = [...(forecast.children ?? []).flatMap(wantedOf), { link: String(record), record, forecast: id }]
  return { asked: 'asked', forecast, batch: makeBatch(all, { wanted, reason }) }
}

const wantedOf = ({ link, forecast }: NonNullable<ForecastShape['children']>[number]): Wanted[] =>
  link === null || forecast === null ? [] : [{ link, record: Number(link), forecast: forecast.id }]

/** The batch in which this record's turn is still to come or has not ended. */
function openBatch({ raw }: WriterTx, record: number): number | null {
  const row = raw.prepare('select batch from unlink_entries where record = ? and state < 2 order by batch desc').get(record)
  return row ? Number(row['batch']) : null
}

function makeBatch(all: Asking, { wanted, reason }: Omit<AskUnlinks, 'by'>): number {
  const { tx, by } = all
  const { lastInsertRowid } = tx.raw
    .prepare('insert into unlink_batches (person, origin, key, reason, more, asked_at) values (?, ?, ?, ?, 0, ?)') // nothing is left out: each is named
    .run(by.person, by.origin, by.key ?? null, reason, tx.now())
  const batch = Number(lastInsertRowid)
  const insert = tx.raw.prepare(
    'insert into unlink_entries (batch, place, link, record, forecast, family, rank, state) values (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  for (const { place, link, record, forecast, family, rank } of placed(all, wanted))
    insert.run(batch, place, link, record, forecast, family, rank, unlinkStates.indexOf('waiting'))
  const entries = wanted.map(({ link, forecast }) => ({ link, forecast }))
  tx.audit({ ...by, act: 'unlinks-asked', subject: `unlinks:${batch}`, after: { entries, reason } })
  advanceBatch(all, batch)
  all.finish()
  return batch
}

type Placed = Pick<UnlinkEntryRow, 'place' | 'link' | 'record' | 'forecast' | 'family' | 'rank'>

/** Each with its family: what stands under another one of the batch goes before it. What is not theirs to unlink joins none, so that none tells of it. */
function placed(all: Asking, wanted: readonly Wanted[]): Placed[] {
  const entries = wanted.map((one, n): Placed => ({ ...one, place: n + 1, family: n + 1, rank: 0 }))
  const byRecord = new Map(entries.flatMap((entry) => (entry.record === null ? [] : [[entry.record, entry] as const])))
  for (const entry of entries) {
    const isTheirs = entry.record !== null && missingRight(all.tx.raw, entry.record, all.by.person) === null
    const forecast = isTheirs ? (all.see(entry.record as number)?.forecast ?? null) : null
    if (forecast?.children === undefined || forecast.after === undefined || forecast.id !== entry.forecast) continue
    const under = forecast.children.map(({ link }) => byRecord.get(Number(link)))
    // Where one of them is not in the batch it is refused at its turn: records still stand under it.
    if (under.every((one) => one !== undefined)) join(all, entry, under, forecast.after.id)
  }
  return entries
}

/** `after` is what has to hold once those under it are off. */
function join(all: Asking, entry: Placed, under: readonly Placed[], after: string): void {
  for (const child of under) Object.assign(child, { family: entry.place, rank: rankOf(all.see(child.record as number)?.looked.item?.type) })
  Object.assign(entry, { forecast: after, rank: rankOf(undefined) })
}
