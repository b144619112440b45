/** Records and items of the ledger that may be partners, page by page: a page that waits for nothing lets others be answered in between. */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { type ItemType, itemTypes } from '../../shared/item.ts'
import type { ErpRecord, Kind, ProcoreItem } from '../items/kind.ts'
import { itemOf, recordOf } from '../ledger/rows.ts'
import type { Source } from '../ledger/sources.ts'

const pageRows = 1_000

/** Items of some types that Procore still has; of one project alone where it is given. */
export async function* itemsOf(
  raw: DatabaseSync,
  connection: number,
  types: readonly ItemType[],
  project?: string | null,
): AsyncGenerator<ProcoreItem> {
  const page = raw.prepare(
    `select * from items where connection = ?1 and type = ?2 and id > ?3 and deleted_at is null and (?4 is null or project = ?4)
     order by id limit ${pageRows}`,
  )
  for (const type of types) {
    let after = ''
    for (;;) {
      const rows = page.all(connection, itemTypes.indexOf(type), after, project ?? null).map(itemOf)
      yield* rows
      if (rows.length < pageRows) break
      after = rows.at(-1)?.id ?? ''
      await setImmediate()
    }
  }
}

/** Records of a source that the ERP still has and that go to Procore by themselves. */
export async function* recordsOf(raw: DatabaseSync, source: Source, kind: Kind): AsyncGenerator<ErpRecord> {
  const page = raw.prepare(
    `select r.* from records r join links l on l.record = r.id where r.source = ? and r.id > ? and r.vanished_at is null and r.left_out = 0
     order by r.id limit ${pageRows}`,
  )
  let after = 0
  for (;;) {
    const rows = page.all(source.id, after).map((row) => recordOf(row, kind))
    yield* rows
    if (rows.length < pageRows) return
    after = rows.at(-1)?.id ?? 0
    await setImmediate()
  }
}
