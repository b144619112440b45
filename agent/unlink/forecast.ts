/**
 * Says what an unlink would come to, from both sides as last seen. Pure: the same facts give the same forecast and the same id. Rules of
 * each kind of record: erp-integrations.md B1 (2026-11); “gone” is what complete exports have proved, never a first absence (design §6).
 */
import { createHash } from 'node:crypto'
import { type ChildShape, type ForecastCode, type ForecastShape, forecasts, isStillThere, type Reversed } from '../../shared/forecast.ts'
import type { ItemType } from '../../shared/item.ts'

/** An export file, and when its data was taken in the ERP (ms). */
export type ExportSeen = { id: number; file: string; asOf: number }

/** `facts` is null where no record of the ERP is known for what carries our link. */
type ChildFacts = { type: ItemType; id: string; facts: UnlinkFacts | null }

export type UnlinkFacts = {
  /** The link's id. */
  record: number
  key: string
  owner: 'tieback' | 'procore'
  /** How long Procore's own integration takes to notice what was deleted in the ERP, ms. */
  procoreNeedsMs: number
  writing: boolean
  /** `ours` where our origin_id stands on it; null when nothing in Procore is tied to the record. */
  item: { ownership: 'none' | 'ours' | 'foreign'; deleted: boolean } | null
  /** A change of it is being sent, or nobody knows yet whether it arrived. */
  underWay: boolean
  /** Since when it is unlinked, ms; null while it is not. */
  unlinkedSince: number | null
  /** Linked items under it (change orders, payments), in the order in which they are unlinked, all of them before it. */
  children: readonly ChildFacts[]
  /** Whether unlinking looks at the ERP at all: of a company it does not (B1). */
  checked: boolean
  /** False where the ERP does not let it be deleted: it can only be reversed (an approved change order without the project module, B1). */
  deletable: boolean
  /** Key of the sentence that says how the ERP's copy is deleted; null where nothing more is known than that it has to be. */
  how: string | null
  /** Procore's own Unlink refuses it even once it is reversed (Sage 300 CRE, B1); false where it takes it, or nothing is known. */
  refusesReversed: boolean
  /** Its exports hold all there is, so that what is missing may be gone. */
  master: boolean
  /** They may hold all there is, and an admin may say so. */
  sayable: boolean
  /** Exports have proved it gone. */
  gone: boolean
  /** Money was invoiced on it, and the connection wants a reason then. */
  invoiced: boolean
  /** The job it left with, if it did. */
  leftWith: string | null
  /** The first export it was missing from, while it is missing. */
  missing: ExportSeen | null
  /** The newest export that holds it; null where none of those still known does. */
  seen: ExportSeen | null
  /** The newest export of its kind, and the newest that says it holds every record. */
  newest: ExportSeen | null
  complete: ExportSeen | null
  /** Another export than the newest that still counts and holds it: each may be whole for a part only. */
  elsewhere: ExportSeen | null
}

type Told = { code: ForecastCode; rests?: ExportSeen | null; params?: Record<string, string | number | null> }

/** `now` in ms decides only whether Procore has had its time. */
export function forecastOf(facts: UnlinkFacts, now: number): ForecastShape {
  const { code, rests = null, params = {} } = toldOf(facts, now)
  const said = Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])))
  const family = code === 'children-linked' ? familyOf(facts, now) : null
  const kind = forecasts[code]
  const reason = kind === 'left-with-job' || (facts.invoiced && (kind === 'ready' || kind === 'refused' || kind === 'unknown'))
  return {
    id: idOf(facts, code, rests, [
      reason,
      family && [family.after.id, ...family.children.map(({ type, id, forecast }) => [type, id, forecast?.id])],
    ]),
    kind,
    code,
    params: said,
    ...(reason ? { reason } : {}),
    rests: rests && { file: rests.file, asOf: iso(rests.asOf) },
    ...family,
  }
}

/** What each of the items under it would come to, and it itself once they are off. */
const familyOf = (facts: UnlinkFacts, now: number): Required<Pick<ForecastShape, 'after' | 'children'>> => ({
  after: forecastOf({ ...facts, children: [] }, now),
  children: facts.children.map(({ type, id, facts: child }): ChildShape => {
    const forecast = child && forecastOf(child, now)
    return { ...{ type, id, link: child && String(child.record), key: child?.key ?? null }, forecast }
  }),
})

function toldOf(facts: UnlinkFacts, now: number): Told {
  const { item, owner } = facts
  if (item === null || item.deleted) return { code: 'not-in-procore' }
  if (facts.unlinkedSince !== null) return { code: 'unlinked', params: { since: iso(facts.unlinkedSince) } }
  if (owner === 'procore') return procores(facts, now)
  if (item.ownership === 'foreign') return { code: 'foreign' }
  if (item.ownership === 'none') return { code: 'compare-only' }
  if (facts.underWay) return { code: 'under-way' }
  if (!facts.writing) return { code: 'writing-off' }
  if (facts.children.length > 0) return { code: 'children-linked', params: { count: facts.children.length } }
  return facts.checked ? inErp(facts) : { code: 'no-check' }
}

/** Whether the ERP still has it, as far as its exports tell. */
function inErp(facts: UnlinkFacts): Told {
  const { key, gone, leftWith, master, missing, seen, newest, complete, elsewhere } = facts
  const since = missing && iso(missing.asOf)
  if (gone && leftWith !== null) return { code: 'with-job', rests: missing, params: { key, job: leftWith, since } }
  if (gone) return { code: 'gone', rests: missing, params: { key, since, file: missing?.file ?? null } }
  if (newest === null) return { code: 'never-exported', params: { key } }
  const there = seen?.id === newest.id ? stillThere(facts, seen) : null
  if (!master) return there ?? { code: facts.sayable ? 'not-said' : 'not-told', rests: newest, params: { key, ...named(newest) } }
  if (elsewhere && !there && complete?.id === newest.id) return inOther(key, newest, elsewhere)
  if (missing) return { code: 'absent-once', rests: missing, params: { key, ...named(missing) } }
  if (there) return there
  // It was read before an admin said that it holds every one: only the next tells what is missing.
  if (facts.sayable && complete?.id === newest.id) return { code: 'absent-once', rests: newest, params: { key, ...named(newest) } }
  if (complete) return { code: 'not-complete', rests: newest, params: { key, ...named(newest), complete: iso(complete.asOf) } }
  return { code: 'never-complete', rests: newest, params: { key, ...named(newest) } }
}

const stillThere = (facts: UnlinkFacts, seen: ExportSeen): Told => ({
  code: codeStillThere(facts),
  ...{ rests: seen, params: { key: facts.key, ...named(seen), how: facts.how, reversed: facts.deletable ? null : onceReversed(facts) } },
})

function codeStillThere({ master, sayable, deletable }: UnlinkFacts): ForecastCode {
  if (!master && !sayable) return 'still-there-part'
  return deletable ? 'still-there' : 'still-there-reverse'
}

/** What is left to do once it is reversed: no export ever lacks it. Only a link of ours takes an admin's override. */
function onceReversed({ owner, refusesReversed }: UnlinkFacts): Reversed {
  if (owner === 'tieback') return 'tieback'
  return refusesReversed ? 'procore-refuses' : 'procore-tells'
}

const inOther = (key: string, newest: ExportSeen, { id, file, asOf }: ExportSeen): Told => ({
  ...{ code: 'in-other-file', rests: { id, file, asOf } },
  params: { key, ...named(newest), other: file, otherAsOf: iso(asOf) },
})

/** Procore's own connector does it, and looks at the ERP only now and then. */
function procores(facts: UnlinkFacts, now: number): Told {
  if (!facts.checked) return { code: 'procore-free', params: { key: facts.key } } // nor does Procore look there (B1, companies)
  const { code, rests, params } = inErp(facts)
  // With its job or without: Procore looks at the ERP's copy alone.
  if ((code === 'gone' || code === 'with-job') && rests) {
    const until = rests.asOf + facts.procoreNeedsMs
    const about = { ...params, until: iso(until) }
    return { code: now < until ? 'procore-wait' : 'procore-gone', rests, params: about }
  }
  if (isStillThere(code)) return { code: 'procore-there', rests, params: { ...params, never: code === 'still-there-part' ? 'told' : null } }
  if (code === 'never-exported') return { code: 'procore-never-exported', params }
  return { code: 'procore-unknown', rests, params: { key: facts.key, asOf: facts.newest && iso(facts.newest.asOf) } }
}

const named = ({ file, asOf }: ExportSeen) => ({ file, asOf: iso(asOf) })
const iso = (ms: number): string => new Date(ms).toISOString()

/** Who is meant, what is said, and which export says it. That time passes changes nothing, but for Procore's own. */
const idOf = ({ record, key, item }: UnlinkFacts, code: ForecastCode, rests: ExportSeen | null, more: readonly unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify([record, key, item?.ownership ?? null, code, rests?.id ?? null, ...more]))
    .digest('base64url')
    .slice(0, 22)
