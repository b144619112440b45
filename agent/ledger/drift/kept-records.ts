import type { WriterTx } from '../command.ts'
import { type Fields, unpackContent } from '../content.ts'
import { IdSet } from '../id-set.ts'
import type { Finished } from '../seal.ts'
import type { OpenTake } from '../take.ts'

export type KeptRecords = {
  /** Whether a line of the file stands for this record. */
  isPresent(record: number): boolean
  /** Known records the file holds and says nothing else of. */
  unchanged(): Generator<Fields>
}

/** Looked up only where something is suspected: that costs as much as the file has lines. */
export function keptRecords({ raw }: WriterTx, { id, after, kind }: OpenTake, finished: Finished): KeptRecords {
  let met: IdSet | null = null
  const present = (): IdSet => {
    met ??= setOf(finished.recordsIn(finished.pack()))
    return met
  }
  return {
    isPresent: (record) => present().has(record),
    *unchanged() {
      const isChanged = raw.prepare('select 1 from record_changes where take = ? and record = ?')
      const find = raw.prepare('select content from records where id = ?')
      for (const record of present().ids()) {
        if (record > after || isChanged.get(id, record)) continue
        yield unpackContent(kind.fields, String(find.get(record)?.['content'] ?? '[]'))
      }
    },
  }
}

function setOf(records: Iterable<number>): IdSet {
  const set = new IdSet()
  for (const record of records) set.add(record)
  return set
}
