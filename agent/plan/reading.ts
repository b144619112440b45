/** Which lists of Procore a plan reads, and which of them were since it was asked for: whoever comes after a restart goes on from there. */
import type { DatabaseSync } from 'node:sqlite'
import type { Entity } from '../../shared/item.ts'
import type { PlanDepth, PlanScope } from '../../shared/plan.ts'
import { kinds } from '../items/index.ts'
import { listFor, procoreLists } from '../procore/index.ts'
import type { Polled } from '../procore/poll-plan.ts'
import { pollState } from '../procore/poll-state.ts'
import type { ProcoreSide } from './make.ts'

export type PlanReading = { depth: PlanDepth; askedAt: number; scope: PlanScope }

/** Whatever the kinds: bodies name these. */
const referred = [
  'projects',
  'vendors',
  'line-item-types',
  'sub-jobs',
  'cost-codes',
  'standard-cost-codes',
  'work-order-contracts',
  'purchase-order-contracts',
]

const listsOf = (entity: string): string[] => kinds[entity as Entity].itemTypes.flatMap((type) => listFor(type)?.id ?? [])

/** Lists of the company first: which projects are read follows from them. */
export function listsToRead(raw: DatabaseSync, { connection, entities }: PlanScope[number]): Polled[] {
  const wanted = new Set([...referred, ...entities.flatMap(listsOf)])
  const { polled } = pollState(raw, connection, procoreLists)
  return polled.filter(({ list }) => wanted.has(list)).sort((a, b) => Number(a.project !== null) - Number(b.project !== null))
}

/** When it was read as deep as the plan wants; null where it was not since it was asked for. */
export function readSince({ readAt, fullAt }: Polled, { depth, askedAt }: PlanReading): number | null {
  const at = depth === 'deep' ? fullAt : readAt
  return at !== null && at >= askedAt ? at : null
}

/** How many lists there are, and when those that are done were. */
export function readingOf(raw: DatabaseSync, reading: PlanReading): { all: number; readAt: number[] } {
  const lists = reading.scope.flatMap((one) => listsToRead(raw, one))
  return { all: lists.length, readAt: lists.flatMap((one) => readSince(one, reading) ?? []) }
}

/** How old Procore's side of each kind is: as its list that was read longest ago. `lost` are the lists that could not be read, as `<list> <project>`. */
export function procoreSides(raw: DatabaseSync, { scope }: PlanReading, lost: ReadonlySet<string>): ProcoreSide[] {
  return scope.flatMap(({ connection, entities }) => {
    const { polled } = pollState(raw, connection, procoreLists)
    return entities.map((entity): ProcoreSide => {
      const mine = polled.filter(({ list }) => listsOf(entity).includes(list))
      const ages = mine.map(({ readAt }) => readAt)
      const known = ages.filter((at) => at !== null)
      const procoreAsOf = known.length === ages.length && known.length > 0 ? Math.min(...known) : null
      return { connection, entity, procoreAsOf, unread: mine.filter((one) => lost.has(placeKey(one))).length }
    })
  })
}

export const placeKey = ({ connection, list, project }: Pick<Polled, 'connection' | 'list' | 'project'>): string =>
  `${connection} ${list} ${project ?? ''}`
