/** Candidates and bulk matching as the server asks for them. */
import type { DatabaseSync } from 'node:sqlite'
import type { CandidateShape } from '../../shared/api/matches.ts'
import type { AnswerOf } from '../../shared/api.ts'
import { matchesAtMost } from '../../shared/match.ts'
import { problem } from '../../shared/problem.ts'
import type { ConfirmMatches } from '../ledger/confirm-match.ts'
import type { Kinds } from '../ledger/rows.ts'
import type { Agent, AskMatches, Caller, MatchCall, MaySee } from '../server/agent.ts'
import { byOf } from '../server/by.ts'
import { deadlineOf } from '../server/deadline.ts'
import { type Planned, planMany } from './bulk.ts'
import { type Candidate, candidatesOf } from './candidates.ts'
import type { Left, Pair } from './decide.ts'

export type MatchParts = {
  raw: DatabaseSync
  kinds: Kinds
  now: () => number
  /** Ties pairs in a transaction; answers the records that were left. */
  confirm: (input: ConfirmMatches) => Promise<number[]>
}

/** What each call has looked at, by connection and entity; gone with the call. */
const plans = new WeakMap<MatchCall, Map<string, Planned>>()
/** Pairs tied in one transaction. */
const atOnce = 100

export function matchAnswers({ raw, kinds, now, confirm }: MatchParts): Pick<Agent, 'candidates' | 'matches'> {
  return {
    candidates: async (of, may) => (await candidatesOf(raw, kinds, of, may)).map(shapeOf),
    async matches(ask, may, caller) {
      const planned = await planOf(ask, may, caller)
      if (planned === null) return { refused: problem('match-too-many') }
      const wanted = planned.tie.filter((one) => isWanted(planned, one, ask))
      const sure = wanted.slice(0, ask.atMost)
      const moved = ask.look ? new Set<number>() : await tie(planned, sure, ask, caller)
      const left = [
        ...sure.flatMap((one): (Left | Moved)[] => (moved.has(one.record) ? [{ ...one, because: 'moved' }] : [])),
        ...planned.left.filter(({ record }) => isLeftThere(planned, record, ask)),
      ]
      return {
        ok: {
          tied: sure.flatMap(({ record }) => (moved.has(record) ? [] : shapesOf(planned, record))),
          left: left.slice(0, matchesAtMost).map(({ record, because }) => leftOf(planned, record, because)),
          more: { tied: wanted.length - sure.length, left: Math.max(0, left.length - matchesAtMost) },
          counts: countsOf(left),
        },
      }
    },
  }

  /** What was looked at within the same call stands; whether a pair is still free is asked again as it is tied. */
  async function planOf(ask: AskMatches, may: MaySee, caller: Caller): Promise<Planned | null> {
    const call = ask.call ?? { by: deadlineOf({ now }, caller) }
    const planned = plans.get(call) ?? new Map<string, Planned>()
    plans.set(call, planned)
    const key = `${ask.connection} ${ask.entity}`
    const plan = planned.get(key) ?? (await planMany(raw, kinds, { ...ask, may, inTime: () => call.by.left() > 0 }))
    if (plan !== null) planned.set(key, plan)
    return plan
  }

  async function tie(planned: Planned, sure: Planned['tie'], { atLeast }: AskMatches, caller: Caller): Promise<Set<number>> {
    const left = new Set<number>()
    const pairs = sure.flatMap(({ record }) => {
      const best = planned.best.get(record)
      return best
        ? [{ record, item: best.item, because: { atLeast, score: best.score, reasons: best.reasons.map(({ code }) => code) } }]
        : []
    })
    for (let at = 0; at < pairs.length; at += atOnce)
      for (const record of await confirm({ pairs: pairs.slice(at, at + atOnce), by: byOf(caller) })) left.add(record)
    return left
  }
}

type Moved = { record: number; because: 'moved' }
type Where = Pick<AskMatches, 'types' | 'project' | 'only'>

/** Among what was asked for; what else is sure waits for whoever asks for it. */
function isWanted({ best }: Planned, { record, item }: Pair, { types, project, only }: Where): boolean {
  const lies = best.get(record)?.item
  if (lies === undefined || (types && !types.includes(lies.type)) || (project !== undefined && lies.project !== project)) return false
  return only === undefined || only.get(record) === item
}

/** The record lies in the project, or what looks like it most does. */
function isLeftThere({ best, places }: Planned, record: number, { project, only }: Where): boolean {
  if (only) return only.has(record)
  return project === undefined || places.get(record) === project || best.get(record)?.item.project === project
}

function countsOf(left: readonly (Left | Moved)[]): Record<string, number> {
  const all = Map.groupBy(left, ({ because }) => because)
  return Object.fromEntries([...all].map(([because, of]) => [because, of.length]))
}

const shapesOf = ({ best }: Planned, record: number): CandidateShape[] => {
  const found = best.get(record)
  return found ? [shapeOf(found)] : []
}

const leftOf = (planned: Planned, record: number, because: string): AnswerOf<'matches'>['left'][number] => ({
  ...{ link: String(record), erpKey: planned.keys.get(record) ?? '', because },
  best: shapesOf(planned, record)[0] ?? null,
})

const shapeOf = ({ record, entity, key, ...told }: Candidate): CandidateShape => ({ ...told, link: String(record), entity, erpKey: key })
