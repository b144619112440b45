/**
 * Takes batches of unlinks on, in the very transaction that moved one of their links: what has ended is written down, and whose turn has come is
 * asked for. So a batch never stands still between two steps, whatever moved the link (Procore's answer, an export, writing switched off) and
 * whenever the agent was killed.
 */
import { type ForecastShape, type UnlinkOutcome, type UnlinkState, unlinkStates } from '../../shared/forecast.ts'
import { linkStates } from '../../shared/link-state.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { WriterTx } from '../ledger/command.ts'
import { ofFigures } from '../ledger/problems.ts'
import type { Kinds } from '../ledger/rows.ts'
import type { UnlinkEntryRow } from '../ledger/schema/tables/acts.ts'
import { isOffInPart } from '../ledger/unlinks.ts'
import type { By } from '../ledger/writing.ts'
import { type Asking, asking, askOne } from './ask-unlink.ts'

const at = (state: UnlinkState): number => unlinkStates.indexOf(state)
const isOver = ({ state }: Pick<UnlinkEntryRow, 'state'>): boolean => state > at('unlinked')

/** For every transaction of the writer; where no unlink of a batch has ended it costs one look at an index. */
export function advanceUnlinks(tx: WriterTx, kinds: Kinds): void {
  for (const [batch, entries] of Map.groupBy(ended(tx), (entry) => entry.batch)) {
    const all = asking(tx, kinds, askedBy(tx, batch))
    for (const entry of entries) settle(all, entry)
    advanceBatch(all, batch, new Set(entries.map(({ family }) => family)))
    all.finish()
  }
}

/** Asks for whose turn has come in these families, or in all, and tells how far the batch is. */
export function advanceBatch(all: Asking, batch: number, families: ReadonlySet<number> | null = null): void {
  const rows = all.tx.raw
    .prepare('select * from unlink_entries where batch = ? order by family, rank, place')
    .all(batch) as unknown as UnlinkEntryRow[]
  const reason = reasonOf(all.tx, batch)
  for (const [family, entries] of Map.groupBy(rows, (row) => row.family))
    if (families === null || families.has(family)) step(all, entries, reason)
  tell(all, batch)
}

type Ended = UnlinkEntryRow & { record: number; link_state: number | null; why: number | null }

/** “state < 2” says again what “state = 1” says, for the planner: without it the index of open entries is not used. */
const ended = ({ raw }: WriterTx): Ended[] =>
  raw
    .prepare(
      `select e.*, l.state as link_state, l.problem as why from unlink_entries e left join links l on l.record = e.record
       where e.state < 2 and e.state = 1 and l.state is not ?`,
    )
    .all(linkStates.indexOf('unlinking')) as unknown as Ended[]

/** Unlinked; or Procore keeps it and says why; or the ERP has it again, and what the person saw no longer holds. The audit has it already, from where it ended. */
function settle(all: Asking, entry: Ended): void {
  const { record, link_state: state, why } = entry
  const open = problemOf(all.tx, why)
  const said = open && ofFigures.includes(open.code) ? null : open // what the ERP says of its amounts is no answer of Procore's
  if (state === linkStates.indexOf('unlinked') && !isOffInPart(all.tx.raw, record)) put(all.tx, entry, 'unlinked')
  else {
    const told = said ? null : (all.see(record)?.forecast ?? null)
    put(all.tx, entry, said ? 'refused' : 'changed', { problem: said, told })
  }
}

function problemOf({ raw }: WriterTx, id: number | null): Problem | null {
  const row = id === null ? undefined : raw.prepare('select code, params from problems where id = ?').get(id)
  return row ? ({ code: row['code'], params: JSON.parse(String(row['params'])) } as Problem) : null
}

/** One rank after the other: a rank goes once all before it are unlinked, and what comes after one that is not is stopped. */
function step(all: Asking, family: readonly UnlinkEntryRow[], reason: string | null): void {
  let bad: UnlinkEntryRow | undefined
  for (const rank of [...new Set(family.map((entry) => entry.rank))]) {
    const mine = family.filter((entry) => entry.rank === rank)
    for (const entry of mine.filter(({ state }) => state === at('waiting')))
      if (bad) put(all.tx, entry, 'stopped', { problem: stoppedBy(all.tx, bad) })
      else ask(all, entry, reason)
    bad ??= mine.find(isOver)
    if (!bad && mine.some(({ state }) => state === at('under-way'))) return
  }
}

const stateOf: Record<UnlinkOutcome, UnlinkState> = {
  asked: 'under-way',
  'under-way': 'under-way',
  unlinked: 'unlinked',
  changed: 'changed',
  refused: 'refused',
}

function ask(all: Asking, entry: UnlinkEntryRow, reason: string | null): void {
  const { record, forecast } = entry
  if (record === null) put(all.tx, entry, 'refused', { problem: problem('no-such-link') })
  else {
    const told = askOne(all, { record, forecast, reason })
    const state = stateOf[told.asked]
    put(all.tx, entry, state, { problem: told.missing ?? null, told: isOver({ state: at(state) }) ? told.forecast : null })
  }
}

const stoppedBy = ({ raw }: WriterTx, { record, link }: UnlinkEntryRow): Problem =>
  problem('child-not-unlinked', { child: String(raw.prepare('select key from records where id = ?').get(record)?.['key'] ?? link) })

type Why = { problem?: Problem | null; told?: ForecastShape | null }

function put({ raw }: WriterTx, entry: UnlinkEntryRow, state: UnlinkState, { problem = null, told = null }: Why = {}): void {
  entry.state = at(state)
  raw
    .prepare('update unlink_entries set state = ?, problem = ?, told = ? where batch = ? and place = ?')
    .run(entry.state, problem && JSON.stringify(problem), told && JSON.stringify(told), entry.batch, entry.place)
}

function tell({ tx }: Asking, batch: number): void {
  const counts = countsOf(tx.raw, batch)
  if (counts.waiting + counts['under-way'] === 0)
    tx.raw.prepare('update unlink_batches set ended_at = ? where id = ? and ended_at is null').run(tx.now(), batch)
  const { person } = askedBy(tx, batch)
  tx.emit('unlinks-moved', { ...(person === null ? {} : { person: String(person) }), data: { batch: String(batch), ...counts } })
}

/** How many entries of a batch stand how. */
function countsOf(raw: WriterTx['raw'], batch: number): Record<UnlinkState, number> {
  const rows = raw.prepare('select state, count(*) as n from unlink_entries where batch = ? group by state').all(batch)
  const counts = new Map(rows.map((row) => [unlinkStates[Number(row['state'])], Number(row['n'])]))
  return Object.fromEntries(unlinkStates.map((state) => [state, counts.get(state) ?? 0])) as Record<UnlinkState, number>
}

function askedBy({ raw }: WriterTx, batch: number): By {
  const row = raw.prepare('select person, origin, key from unlink_batches where id = ?').get(batch)
  return {
    person: (row?.['person'] as number | null) ?? null,
    origin: String(row?.['origin']),
    key: (row?.['key'] as number | null) ?? null,
  }
}

const reasonOf = ({ raw }: WriterTx, batch: number): string | null =>
  (raw.prepare('select reason from unlink_batches where id = ?').get(batch)?.['reason'] as string | null) ?? null

export const isEnded = (raw: WriterTx['raw'], batch: number): boolean =>
  raw.prepare('select 1 from unlink_batches where id = ? and ended_at is not null').get(batch) !== undefined
