/** What becomes of a sheet for the Procore admin, written down: each act audited in its own transaction, never with what was handed in. */
import { randomBytes } from 'node:crypto'
import type { Command, WriterTx } from '../ledger/command.ts'
import type { By } from '../ledger/writing.ts'
import { codeTries, hashCode } from '../server/codes.ts'

/** A Procore admin is often another person, and seldom at their desk at once. */
const handOverLifeMs = 24 * 3_600_000

export type HandOverRow = {
  id: number
  connection: number | null
  name: string
  company: string
  draft: string
  hash: string
  expires_at: number
  person: number | null
  tries: number
  arrived_at: number | null
  address: string | null
  outcome: string | null
}

/** Why nothing can be handed in by it any more; null while it can. */
export function overBecause({ outcome, arrived_at, tries, expires_at }: HandOverRow, now: number): string | null {
  if (outcome !== null) return outcome
  if (arrived_at !== null) return 'arrived'
  if (tries >= codeTries) return 'locked'
  return expires_at <= now ? 'expired' : null
}

type NewHandOver = { connection: number | null; name: string; company: string; draft: string; code: string; by: By }

/** Keeps the hash of a new code; an earlier sheet of the same connection is void: `replaced` are those. */
const makeHandOver: Command<NewHandOver, { id: number; until: number; replaced: number[] }> = async (tx, { code, by, ...of }) => {
  const open = tx.raw
    .prepare(
      'select id from hand_overs where outcome is null and (connection = ?1 or (?1 is null and connection is null and lower(name) = lower(?2)))',
    )
    .all(of.connection, of.name)
  const replaced = open.map(({ id }) => Number(id))
  for (const id of replaced) end(tx, { id, outcome: 'replaced' })
  const expires_at = tx.now() + handOverLifeMs
  const hash = hashCode(code, randomBytes(9).toString('base64url'))
  const { id } = await tx.db
    .insertInto('hand_overs')
    .values({ ...of, ...unanswered, hash, person: by.person, made_at: tx.now(), expires_at })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { name, company, connection } = of
  tx.audit({ ...by, act: 'hand-over-made', subject: `hand-over:${id}`, after: { name, company, connection, replaced } })
  return { id, until: expires_at, replaced }
}

const unanswered = { tries: 0, arrived_at: null, address: null, ended_at: null, outcome: null }

/** A wrong code counts against the sheet it was tried on, while that can still be used. */
const missHandOver: Command<{ id: number; address: string | null; origin: string }, void> = (tx, { id, address, origin }) => {
  const row = rowOf(tx, id)
  if (!row || overBecause(row, tx.now()) !== null) return
  tx.raw.prepare('update hand_overs set tries = tries + 1 where id = ?').run(id)
  const after = { tries: row.tries + 1, from: address }
  tx.audit({ person: null, origin, act: 'hand-over-missed', subject: `hand-over:${id}`, after })
  if (after.tries >= codeTries) told(tx, row)
}

/** Id and secret lie in the key store. False where somebody was quicker, or it ended meanwhile. */
const handOverArrived: Command<{ id: number; address: string | null; origin: string }, boolean> = (tx, { id, address, origin }) => {
  const row = rowOf(tx, id)
  if (!row || overBecause(row, tx.now()) !== null) return false
  tx.raw.prepare('update hand_overs set arrived_at = ?, address = ? where id = ?').run(tx.now(), address, id)
  tx.audit({ person: null, origin, act: 'hand-over-arrived', subject: `hand-over:${id}`, after: { from: address } })
  told(tx, row)
  return true
}

/** A connection was saved with what arrived, or an admin takes the sheet back. False where it had ended before. */
const endHandOver: Command<{ id: number; outcome: 'saved' | 'withdrawn'; connection?: number; by: By }, boolean> = (
  tx,
  { id, outcome, connection, by },
) => {
  const row = rowOf(tx, id)
  if (!row || row.outcome !== null) return false
  end(tx, { id, outcome })
  const act = outcome === 'saved' ? 'hand-over-saved' : 'hand-over-withdrawn'
  tx.audit({ ...by, act, subject: `hand-over:${id}`, ...(connection === undefined ? {} : { after: { connection } }) })
  told(tx, row)
  return true
}

const end = ({ raw, now }: WriterTx, { id, outcome }: { id: number; outcome: string }): unknown =>
  raw.prepare('update hand_overs set ended_at = ?, outcome = ? where id = ?').run(now(), outcome, id)

/** Consoles look anew. */
const told = ({ emit }: WriterTx, { connection }: HandOverRow): void =>
  emit('connection-changed', { ...(connection === null ? {} : { connection: String(connection) }), data: { handOver: true } })

const rowOf = ({ raw }: WriterTx, id: number): HandOverRow | undefined =>
  raw.prepare('select * from hand_overs where id = ?').get(id) as HandOverRow | undefined

export const handOverCommands = { makeHandOver, missHandOver, handOverArrived, endHandOver }
