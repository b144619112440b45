import type { AnswerOf } from '../../shared/api.ts'
import { type Entry, historyOf } from '../ledger/history.ts'
import type { Agent } from './agent.ts'
import type { Handlers } from './call.ts'
import { refuse } from './refusal.ts'
import { iso, storedProblem } from './says.ts'
import { createSides } from './sides.ts'

type Told = AnswerOf<'history'>['entries'][number]

/** Entries of one answer. */
const pageSize = 50

/** The whole history of a link or item, page by page from the newest back. */
export function historyHandler(agent: Agent): Handlers['history'] {
  const sideOf = createSides(agent)
  return ({ params, query: { before }, caller }) => {
    const of = sideOf(params['id'] ?? '', caller)
    const all = historyOf(agent.reader.raw, of)
    const older = before === undefined ? all : all.filter(isBefore(before))
    const page = older.slice(0, pageSize)
    const last = page.at(-1)
    const kept = before === undefined ? { snapshot: 'record' in of && agent.snapshot(of.record) !== null } : {}
    return { entries: page.map(toldOf), before: last && older.length > page.length ? placeOf(last) : null, ...kept }
  }
}

const placeOf = ({ at, rank, id }: Entry): string => `${at}.${rank}.${id}`

/** By its place on the line: what happened since the first page was read moves nothing. */
function isBefore(place: string): (entry: Entry) => boolean {
  const [at = Number.NaN, rank = Number.NaN, id = Number.NaN] = place.split('.').map(Number)
  if (Number.isNaN(at + rank + id)) throw refuse(400, 'before')
  return (one) => one.at < at || (one.at === at && (one.rank > rank || (one.rank === rank && one.id < id)))
}

function toldOf({ at, code, person, run, file, from, to, fields, params }: Entry): Told {
  const { problem, params: filled, ...rest } = params
  const about = problem === undefined ? null : storedProblem({ code: problem, params: filled ?? '{}', line: null, column_name: null })
  return {
    ...{ at: iso(at), code, person, run: run && { id: String(run.id), kind: run.kind }, file, from, to, fields, params: rest },
    ...(about ? { problem: about } : {}),
  }
}
