import type { Company } from '../../company.ts'
import type { Item, Json, Kind } from '../../items.ts'
import type { UnlinkNull } from '../endpoint.ts'
import type { FieldErrors } from './refusal.ts'

const originFields = ['origin_id', 'origin_data', 'origin_code'] as const
export type Submitted = { [key: string]: Json }

const isOrigin = (key: string) => (originFields as readonly string[]).includes(key)

/** The submitted fields that are not about ownership. */
export function ownFields(submitted: Submitted): string[] {
  return Object.keys(submitted).filter((key) => key !== 'id' && !isOrigin(key))
}

/** An origin_id is unique in the company per kind of item (facts 5.1). */
export function taken(company: Company, kind: Kind, submitted: Submitted, self?: Item): FieldErrors | undefined {
  const wanted = submitted['origin_id']
  if (typeof wanted !== 'string') return undefined
  const holder = company.table(kind).byOrigin(wanted)
  return holder && holder.id !== self?.id ? { origin_id: ['has already been taken'] } : undefined
}

/** What a null origin_id does to an item that has one: the switch of assumption unlink-null. */
export function clearing(item: Item, submitted: Submitted, how: UnlinkNull): { submitted: Submitted } | { errors: FieldErrors } {
  const clears = submitted['origin_id'] === null && item.origin_id !== null
  if (!clears || how === 'clears') return { submitted }
  if (how === '422') return { errors: { origin_id: ['cannot be removed'] } }
  return { submitted: Object.fromEntries(Object.entries(submitted).filter(([key]) => !isOrigin(key))) }
}
