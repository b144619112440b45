/** A second kind of record in the rows of a file (`Format.ridesOn`) has a place of its own in the ledger: `<path>#<entity>`. */
import type { Entity } from '../../shared/item.ts'
import type { Format } from './format.ts'
import { formats } from './index.ts'

export const riders: readonly Format[] = formats.filter(({ ridesOn }) => ridesOn !== undefined)

/** The place of this format's records in that file. */
export const riding = (path: string, { entity }: Pick<Format, 'entity'>): string => `${path}#${entity}`

/** Whose place it is; null for a file itself. */
export const riderIn = (path: string): Entity | null => riders.find(({ entity }) => path.endsWith(`#${entity}`))?.entity ?? null

/** The file a place lies in. */
export function fileOf(path: string): string {
  const rider = riderIn(path)
  return rider === null ? path : path.slice(0, -rider.length - 1)
}
