import { problem } from '../../shared/problem.ts'
import type { WriterTx } from './command.ts'
import { IdSet } from './id-set.ts'
import type { Finished } from './seal.ts'
import { classOf, type OpenTake, tell } from './take.ts'

/** Two lines that claim one key: neither counts, what was known before stays, and all of them are read again next time. */
export function refuseTwice({ raw }: WriterTx, take: OpenTake, finished: Finished): void {
  if (finished.rescanned) claimHeld(raw, take, finished)
  const find = raw.prepare('select left_out, amount from records where id = ?')
  const change = raw.prepare('select left_out, amount from record_changes where take = ? and record = ?')
  for (const id of [...take.twiceNew, ...take.twiceOld]) {
    moveToTwice(take, change.get(take.id, id) ?? find.get(id))
    finished.refuse(id)
  }
  const drop = raw.prepare('delete from records where id = ?')
  for (const id of take.twiceNew) drop.run(id)
  const undo = raw.prepare('delete from record_changes where take = ? and record = ?')
  for (const id of take.twiceOld) undo.run(take.id, id)
}

/** The line was counted under what it would have become. */
function moveToTwice({ totals }: OpenTake, row: Record<string, unknown> | undefined): void {
  const amount = (row?.['amount'] as number | null) ?? null
  totals.takeOut(classOf(Number(row?.['left_out'])), amount)
  totals.add('key-twice', amount)
}

/** A new line for a record whose old line still stands in the file is the second claim on its key. */
function claimHeld(raw: WriterTx['raw'], take: OpenTake, finished: Finished): void {
  const gone = new IdSet()
  for (const id of finished.vanished()) gone.add(id)
  const unclear = [...take.seen.ids()].filter((id) => !gone.has(id) && !take.twiceOld.has(id))
  if (unclear.length === 0) return
  const held = finished.stillHeld()
  for (const id of unclear.filter(held)) claim(raw, take, id)
}

function claim(raw: WriterTx['raw'], take: OpenTake, id: number): void {
  const row = raw.prepare('select key, line, left_out, amount from records where id = ?').get(id)
  const line = Number(raw.prepare('select line from record_changes where take = ? and record = ?').get(take.id, id)?.['line'] ?? 0)
  take.twiceOld.add(id)
  moveToTwice(take, row)
  tell(take, problem('key-twice', { line, other: Number(row?.['line']), key: String(row?.['key']) }, { file: take.export.name, line }))
}
