/** What becomes of a browser that asks to join, written down: each act audited and told in its own transaction. */
import type { Command, WriterTx } from '../ledger/command.ts'
import type { By } from '../ledger/writing.ts'
import { joinGroups } from './group-commands.ts'
import { keepPerson, type NewPerson } from './keep-person.ts'
import { type NewKey, registerKey } from './register-key.ts'

/** How long an ask may be answered; and how many may be begun in that time, in all and from one address: each is one chance in a million to be taken for another. */
export const askLifeMs = 600_000
const asksAtMost = { inAll: 20, ofAddress: 5 } as const
const keptMs = 24 * 3_600_000

type NewAsk = NewKey & { address: string | null; commitment: string; agentNonce: string }

/** Null where too many have asked lately. The same browser's earlier ask ends: only its newest digits count. */
export const askToJoin: Command<NewAsk, { id: number; until: number } | null> = async (tx, { jwk, agentNonce, ...ask }) => {
  const now = tx.now()
  await tx.db
    .deleteFrom('asks')
    .where('asked_at', '<', now - keptMs)
    .execute()
  const lately = await tx.db
    .selectFrom('asks')
    .select('address')
    .where('asked_at', '>', now - askLifeMs)
    .execute()
  const fromThere = lately.filter(({ address }) => address === ask.address).length
  if (lately.length >= asksAtMost.inAll || fromThere >= asksAtMost.ofAddress) return null
  await tx.db
    .updateTable('asks')
    .set({ ended_at: now, outcome: 'replaced' })
    .where('thumbprint', '=', ask.thumbprint)
    .where('outcome', 'is', null)
    .execute()
  const until = now + askLifeMs
  const made = await tx.db
    .insertInto('asks')
    .values({ ...ask, ...unanswered, jwk: JSON.stringify(jwk), agent_nonce: agentNonce, asked_at: now, expires_at: until })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: made.id, until }
}

const unanswered = { nonce: null, ended_at: null, outcome: null, person: null, key: null }

/** The browser showed its number: from now on an admin is asked to compare. Its first word counts; false where it came too late. */
export const showAsk: Command<{ ask: number; nonce: string; digits: string }, boolean> = async (tx, { ask, nonce, digits }) => {
  const { numUpdatedRows } = await tx.db
    .updateTable('asks')
    .set({ nonce })
    .where('id', '=', ask)
    .where('nonce', 'is', null)
    .where('outcome', 'is', null)
    .where('expires_at', '>', tx.now())
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  const { origin, label, thumbprint } = await rowOf(tx, ask)
  tx.audit({ person: null, origin, act: 'join-asked', subject: `ask:${ask}`, after: { label, thumbprint, digits } })
  tx.emit('people-changed', {})
  return true
}

type Approval = NewPerson & { ask: number; groups: readonly number[]; digits: string; by: By }

/** Lets the browser in for a person, known or new. Null where the ask is over: it was answered before, or its time has passed. */
export const approveAsk: Command<Approval, { person: number; key: number } | null> = async (tx, { ask, digits, groups, by, ...who }) => {
  const row = await waiting(tx, ask)
  if (!row) return null
  const { origin, label, thumbprint } = row
  const { id: person, before, after } = await keepPerson(tx, { ...who, by })
  tx.audit({ ...by, act: 'join-approved', subject: `ask:${ask}`, before, after: { ...after, person, digits, label, thumbprint } })
  joinGroups(tx, { person, groups, by })
  const { key } = await registerKey(tx, { person, key: { jwk: JSON.parse(row.jwk), thumbprint, origin, label } })
  await tx.db.updateTable('asks').set({ ended_at: tx.now(), outcome: 'approved', person, key }).where('id', '=', ask).execute()
  return { person, key }
}

/** Answers false where the ask is over. */
export const refuseAsk: Command<{ ask: number; digits: string; by: By }, boolean> = async (tx, { ask, digits, by }) => {
  const row = await waiting(tx, ask)
  if (!row) return false
  await tx.db.updateTable('asks').set({ ended_at: tx.now(), outcome: 'refused' }).where('id', '=', ask).execute()
  const { label, thumbprint } = row
  tx.audit({ ...by, act: 'join-refused', subject: `ask:${ask}`, before: { digits, label, thumbprint } })
  tx.emit('people-changed', {})
  return true
}

/** An ask somebody may answer now: its number was shown, nobody answered, its time has not passed. */
const waiting = ({ db, now }: WriterTx, ask: number) =>
  db
    .selectFrom('asks')
    .selectAll()
    .where('id', '=', ask)
    .where('nonce', 'is not', null)
    .where('outcome', 'is', null)
    .where('expires_at', '>', now())
    .executeTakeFirst()

const rowOf = ({ db }: WriterTx, ask: number) => db.selectFrom('asks').selectAll().where('id', '=', ask).executeTakeFirstOrThrow()
