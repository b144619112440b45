/**
 * A kind as a connection's mapping has it: what is unticked is neither compared, nor held against the pair, nor ever sent. The one place where ticks
 * have their effect; both sides are looked at, and bodies built, by what this answers. Pure.
 */
import { isDeepStrictEqual } from 'node:util'
import { type Entity, entities } from '../../shared/item.ts'
import { type Ticks, ticksFor } from '../../shared/mapping/ticks.ts'
import type { Problem } from '../../shared/problem.ts'
import type { Context, ErpRecord, Figure, Kind } from './kind.ts'

/** Whether these ticks leave anything out of what Tieback reads. */
const isNarrowed = (ticks: Ticks): boolean =>
  entities.some((entity) => {
    const { on, off } = ticksFor(ticks, entity)
    return !on || off.length > 0
  })

/** The kinds of a connection; the same ones where everything is ticked. */
export function kindsAsMapped<K extends Record<Entity, Kind>>(kinds: K, ticks: Ticks | null): K {
  if (ticks === null || !isNarrowed(ticks)) return kinds
  return Object.fromEntries(Object.entries(kinds).map(([entity, kind]) => [entity, asMapped(kind, ticks)])) as K
}

function asMapped(kind: Kind, ticks: Ticks): Kind {
  const blank = (record: ErpRecord): ErpRecord => blanked(record, ticksFor(ticks, record.entity).off)
  const without = (context: Context): Context => ({
    ...context,
    record: (entity, key) => {
      const found = ticksFor(ticks, entity).on ? context.record(entity, key) : null
      return found && blank(found)
    },
    partsOf: (entity, key) => context.partsOf(entity, key).flatMap((part) => (ticksFor(ticks, part.entity).on ? [blank(part)] : [])),
  })
  const { compare, toBody, doubt } = kind
  if (!ticksFor(ticks, kind.entity).on) return unticked(kind)
  return {
    ...kind,
    compare(record, item, context) {
      const left = compare(blank(record), item, without(context))
      return compare(record, item, context).map((figure, at) => (figure.erp === left[at]?.erp ? figure : unmapped(figure)))
    },
    ...(toBody && {
      toBody(record, item, context) {
        const left = toBody(blank(record), item, without(context))
        if (item === null || isProblem(left)) return left
        const whole = toBody(record, item, context)
        return isProblem(whole) ? left : (common(whole, left) as Record<string, unknown>)
      },
    }),
    ...(doubt && { doubt: (record, context) => doubt(record, context) && doubt(blank(record), without(context)) }),
  }
}

/** Of an unticked kind nothing is compared, matched, linked or sent. What was sent already is unlinked as ever. */
function unticked({ doubt: _doubt, lookalikes: _lookalikes, ...kind }: Kind): Kind {
  const { compare } = kind
  return {
    ...kind,
    ...{ delivery: 'match', ties: 'ledger', matched: false },
    keysOfRecord: () => [],
    compare: (record, item, context) => compare(record, item, context).map(unmapped),
  }
}

const unmapped = (figure: Figure): Figure => ({ ...figure, erp: null, difference: null, agrees: null, judged: false, mapped: false })

const blanked = (record: ErpRecord, off: readonly string[]): ErpRecord =>
  off.length === 0
    ? record
    : {
        ...record,
        fields: Object.fromEntries(Object.entries(record.fields).map(([field, value]) => [field, off.includes(field) ? null : value])),
      }

const isProblem = (body: Record<string, unknown> | Problem): body is Problem => 'code' in body && 'params' in body

/**
 * What a change says with the unticked fields and without them: where one that is unticked would have decided, its stand-in (another date, a code
 * for a name) is no news of the ERP either, and stays unsaid.
 */
function common(whole: unknown, left: unknown): unknown {
  if (Array.isArray(whole) && Array.isArray(left) && whole.length === left.length) return whole.map((one, at) => common(one, left[at]))
  if (!isSection(whole) || !isSection(left)) return whole
  return Object.fromEntries(
    Object.entries(left).flatMap(([name, value]) =>
      isDeepStrictEqual(whole[name], value) || (isNested(whole[name]) && isNested(value)) ? [[name, common(whole[name], value)]] : [],
    ),
  )
}

const isSection = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null
