import type { Item } from './items.ts'

/** One kind of item, found by id or by origin_id (unique per company and kind, facts 5.1). Changes go through here so that the index stays true. */
export class Table<T extends Item> {
  readonly #rows = new Map<number, T>()
  readonly #byOrigin = new Map<string, number>()
  readonly #byHolder = new Map<number, Set<number>>()

  get(id: number): T | undefined {
    return this.#rows.get(id)
  }

  /** Every item, deleted ones too, in order of creation. */
  all(): T[] {
    return [...this.#rows.values()]
  }

  /** What a list shows: no deleted ones. */
  live(): T[] {
    return this.all().filter((item) => item.deleted_at === null)
  }

  where(fits: (item: T) => boolean): T[] {
    return this.live().filter(fits)
  }

  byOrigin(originId: string): T | undefined {
    const id = this.#byOrigin.get(originId)
    return id === undefined ? undefined : this.#rows.get(id)
  }

  /** The live lines of one header. */
  heldBy(holderId: number): T[] {
    const ids = [...(this.#byHolder.get(holderId) ?? [])]
    return ids.flatMap((id) => this.#rows.get(id) ?? []).filter((item) => item.deleted_at === null)
  }

  insert(item: T): T {
    this.#rows.set(item.id, item)
    this.#hold(item)
    if (item.origin_id !== null) this.#byOrigin.set(item.origin_id, item.id)
    return item
  }

  /** Writes the named fields; the caller gives the new updated_at among them. */
  change(id: number, changes: Partial<T>): T {
    const before = this.#rows.get(id)
    if (!before) throw new Error(`There is no item ${id} in this table.`)
    const after = { ...before, ...changes, id }
    if (before.origin_id !== null) this.#byOrigin.delete(before.origin_id)
    return this.insert(after)
  }

  #hold(item: T): void {
    const holder = item['holder_id']
    if (typeof holder !== 'number') return
    const held = this.#byHolder.get(holder) ?? new Set<number>()
    this.#byHolder.set(holder, held.add(item.id))
  }
}
