/**
 * Fires every watch whose time has come. Asked right after anything moved, at each start and now and then: what a killed agent had not
 * fired is still there. A watch is ended in the transaction that asks for its unlink, so it fires once however often it is said to be gone.
 */
import type { ForecastShape } from '../../shared/forecast.ts'
import { problem } from '../../shared/problem.ts'
import type { WriterTx } from '../ledger/command.ts'
import { positionOf } from '../ledger/links.ts'
import type { Eyes, Looked } from '../ledger/look.ts'
import { openProblem } from '../ledger/problems.ts'
import type { Kinds } from '../ledger/rows.ts'
import { keyStands, overdue, ripe, type Watch } from '../ledger/watches.ts'
import type { By } from '../ledger/writing.ts'
import { askUnlink } from './ask-unlink.ts'
import { askFamily } from './batch.ts'
import { heldBy, unlinkFacts } from './facts.ts'
import { forecastOf } from './forecast.ts'
import { goneFamily } from './gone-together.ts'
import { leftAlone } from './left-alone.ts'
import { missedTwice } from './missed-twice.ts'
import { refusedUnlink } from './right.ts'
import { endWatch, placeOf } from './set-watch.ts'

/** What the agent itself does is in nobody's name. */
const agent = { person: null, origin: 'agent' } as const

/** Answers how many ended. What is overdue never fires, whatever came with the same export. */
export function lookAtWatches(tx: WriterTx, kinds: Kinds): number {
  const late = overdue(tx.raw, tx.now())
  for (const watch of late) endWatch(tx, kinds, watch, { kind: 'watch-expired', code: 'time', by: agent })
  return late.length + ripe(tx.raw, positionOf('unlinked')).filter((watch) => ends(tx, kinds, watch)).length
}

function ends(tx: WriterTx, kinds: Kinds, watch: Watch): boolean {
  const at = placeOf(tx, kinds, watch.record)
  const looked = at?.eyes.look(watch.record)
  const facts = at && unlinkFacts(tx.raw, at.eyes, watch.record, heldBy(tx.raw))
  if (!at || !looked || !facts) return false
  const forecast = forecastOf(facts, tx.now())
  const { code } = forecast
  if (code === 'unlinked') return ended(tx, kinds, watch, 'watch-cancelled', 'unlinked')
  if (code === 'procore-gone') return missedTwice(tx.raw, looked) && ended(tx, kinds, watch, 'watch-fired', code)
  const family = goneTogether(tx, at.eyes, looked, forecast)
  if (family === null) return false
  return family.every((record) => mayStill(tx, watch, record)) ? fires(tx, kinds, watch, forecast) : isNotAllowed(tx, kinds, watch, looked)
}

/** It and all that is linked under it, once two exports agree on every one of them and surely none left with its job; null before. */
function goneTogether({ raw }: WriterTx, eyes: Eyes, looked: Looked, forecast: ForecastShape): number[] | null {
  const family = goneFamily(eyes, looked, forecast)
  const isSure = family?.every((one, n) => missedTwice(raw, one) && leftAlone(raw, one, n > 0)) === true
  return isSure ? family.map(({ record }) => record.id) : null
}

function ended(tx: WriterTx, kinds: Kinds, watch: Watch, kind: 'watch-fired' | 'watch-cancelled', code: string): true {
  endWatch(tx, kinds, watch, { kind, code, by: agent })
  return true
}

/** As the person who set it would by a click, on the forecast as it is in this very transaction; what is linked under it first, in one act. */
function fires(tx: WriterTx, kinds: Kinds, watch: Watch, { id, children }: ForecastShape): boolean {
  const by = byOf(watch)
  const ask = { record: watch.record, forecast: id, reason: watch.reason, by }
  const { asked } = children ? askFamily(tx, kinds, ask) : askUnlink(tx, kinds, ask)
  if (asked === 'under-way') return false // somebody took all of it along: how that ends tells the watch
  // Money was invoiced since, and nobody said why it shall be unlinked all the same.
  if (asked !== 'asked') return ended(tx, kinds, watch, 'watch-cancelled', 'reason')
  endWatch(tx, kinds, watch, { kind: 'watch-fired', code: 'gone', by })
  return true
}

const byOf = ({ person, origin, key }: Watch): By => ({ person, origin, key })

/** The browser it was set with is still paired, and the person may still unlink it. */
const mayStill = (tx: WriterTx, watch: Watch, record: number): boolean =>
  keyStands(tx.raw, watch) && refusedUnlink(tx, record, byOf(watch), 'watch') === null

function isNotAllowed(tx: WriterTx, kinds: Kinds, watch: Watch, { record, connection }: Looked): true {
  const told = problem('watch-not-allowed', { key: record.key, person: watch.name })
  openProblem(tx, { connection: connection.id, problem: told, record: record.id })
  return ended(tx, kinds, watch, 'watch-cancelled', 'not-allowed')
}
