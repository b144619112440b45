import type { LinkAnswer } from '../../../shared/api/links.ts'
import type { HistoryEntry } from '../../bridge/own-calls.ts'

export type Version = HistoryEntry['fields'][number]
export type TypeOf = (field: string, value: string) => string

const amountLike = /^-?\d+\.\d{2,}$/

/** How a field's values are written: as the record's figures say; one they no longer have, as it looks. Pure. */
export const typesOf =
  ({ figures }: Pick<LinkAnswer, 'figures'>): TypeOf =>
  (field, value) =>
    figures.find((one) => one.field === field)?.type ?? (amountLike.test(value) ? 'money' : 'text')
