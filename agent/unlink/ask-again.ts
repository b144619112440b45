import type { DatabaseSync } from 'node:sqlite'
import type { PeopleLooks } from '../look-at-people.ts'
import { isProcores } from './may.ts'
import { missingRight } from './right.ts'

/** Procore is asked again where it, as last heard, stands in a person's way: it may have been mended there since. One look for one act. */
export async function askAgain(
  raw: DatabaseSync,
  { one: look }: Pick<PeopleLooks, 'one'>,
  records: readonly number[],
  person: number,
): Promise<void> {
  for (const record of records) {
    const { missing, place } = missingRight(raw, record, person) ?? {}
    if (!missing || !place || !isProcores(missing)) continue
    const project = missing.code === 'not-on-project' ? place.project : null
    return look({ connection: place.connection, person, project })
  }
}
