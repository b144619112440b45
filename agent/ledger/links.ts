import { type Entity, type ItemRef, itemTypes } from '../../shared/item.ts'
import { type LinkState, linkStates, type MoveReason } from '../../shared/link-state.ts'
import type { WriterTx } from './command.ts'
import { movesBetween } from './judge.ts'

/** Why a link moved: what stands in its history and in whose run or name. */
export type Why = { code: MoveReason; run?: number | null; person?: number | null; data?: Record<string, unknown> }

export const stateOf = (position: unknown): LinkState => linkStates[Number(position)] ?? 'not-linked'
export const positionOf = (state: LinkState): number => linkStates.indexOf(state)

/** Moves a link to a state, each step of the way with its line of history. Answers whether it moved. */
export function moveLink(
  { raw, now }: WriterTx,
  record: number,
  from: LinkState,
  to: LinkState,
  { code, run = null, person = null, data }: Why,
): boolean {
  const moves = movesBetween(from, to)
  let before = from
  for (const next of moves) {
    raw
      .prepare('insert into history (record, at, from_state, to_state, person, run, code, data) values (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(record, now(), positionOf(before), positionOf(next), person, run, code, data ? JSON.stringify(data) : null)
    before = next
  }
  if (moves.length > 0) raw.prepare('update links set state = ?, since = ? where record = ?').run(positionOf(to), now(), record)
  return moves.length > 0
}

/** A connection's records of a kind that an item is tied to. */
export const linkedRecords = ({ raw }: WriterTx, connection: number, entity: Entity): number[] =>
  raw
    .prepare(
      `select l.record from links l join records r on r.id = l.record join sources s on s.id = r.source
       where s.connection = ? and s.entity = ? and l.item_id is not null`,
    )
    .all(connection, entity)
    .map((row) => Number(row['record']))

/** Ties an item to a record, in the ledger alone. */
export function tieItem({ raw }: WriterTx, record: number, item: Pick<ItemRef, 'type' | 'id'>, confirmedBy: number | null = null): void {
  raw
    .prepare(
      `update links set item_type = ?, item_id = ?, tied = 0, confirmed_record = null, confirmed_item = null, confirmed_at = null,
         confirmed_by = ? where record = ?`,
    )
    .run(itemTypes.indexOf(item.type), item.id, confirmedBy, record)
}

type Moved = { type: ItemRef['type']; id: string; project: string | null }

/** Items whose links changed, told at the end of a transaction: one event per project, at most 500 items each, the rest counted. */
export class Told {
  readonly #items = new Map<string, Moved>()

  add(item: Moved): void {
    this.#items.set(`${item.type}:${item.id}`, item)
  }

  get size(): number {
    return this.#items.size
  }

  tell({ emit }: WriterTx, connection: number, run: number | null, person: number | null = null): void {
    const groups = Map.groupBy(this.#items.values(), ({ project }) => project)
    for (const [project, items] of groups) {
      emit('link-changed', {
        connection: String(connection),
        project: project ?? undefined,
        run: run === null ? undefined : String(run),
        person: person === null ? undefined : String(person),
        items: items.slice(0, 500).map(({ type, id }) => ({ type, id })),
        more: items.length > 500 ? items.length - 500 : undefined,
      })
    }
    this.#items.clear()
  }
}
