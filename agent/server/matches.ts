import { candidatesAtMost } from '../../shared/api/matches.ts'
import type { AnswerOf, BodyOf } from '../../shared/api.ts'
import { type Entity, entityOfItem, itemKey } from '../../shared/item.ts'
import { matchesAtMost } from '../../shared/match.ts'
import type { Agent, AskMatches, Caller, Side } from './agent.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import { deadlineOf } from './deadline.ts'
import { done, Refusal, refuse } from './refusal.ts'
import { createSides, seesPlace } from './sides.ts'
import { type Status, servedTo } from './status.ts'

type Answer = Required<AnswerOf<'matches'>>
type Matched = Omit<BodyOf<'matches'>, 'look'>
type Pairs = BodyOf<'tieMatches'>['pairs']

/** Linking by hand, one or many, and putting away what never will be. */
export function matchHandlers(
  agent: Agent,
  { served }: Pick<Status, 'served'>,
): Pick<Handlers, 'candidates' | 'matches' | 'tieMatches' | 'archive' | 'takeBack'> {
  const sideOf = createSides(agent)

  /** Of every connection of the company, and every entity asked for. Where one of several cannot be looked at, nothing is tied in any. */
  const matches = async (body: Matched, how: Pick<AskMatches, 'look' | 'only'>, caller: Caller): Promise<Answer> => {
    const { atLeast, types, project } = body
    const call = { by: deadlineOf(agent, caller) }
    const { connections } = servedTo({ company: body.company, caller }, served.read())
    const answer: Answer = { tied: [], left: [], more: { tied: 0, left: 0 }, counts: {} }
    const wanted = connections.flatMap(({ id }) =>
      entitiesOf(body).map((entity) => ({ connection: id, entity, atLeast, types, project, call })),
    )
    const asked = (ask: AskMatches) => agent.matches(ask, seesPlace(caller), caller).then(done)
    if (!how.look && wanted.length > 1) for (const one of wanted) await asked({ ...one, look: true, atMost: 0 })
    for (const one of wanted) add(answer, await asked({ ...one, ...how, atMost: matchesAtMost - answer.tied.length }))
    return answer
  }
  return {
    async candidates({ params, caller }) {
      const found = await agent.candidates(sideOf(params['id'] ?? '', caller), seesPlace(caller))
      return { candidates: found.slice(0, candidatesAtMost), more: Math.max(0, found.length - candidatesAtMost) }
    },
    matches: ({ body, caller }) => matches(body, { look: body.look === true }, caller),
    async tieMatches({ body, caller }) {
      const only = new Map(body.pairs.map(({ link, item }) => [numberOf(link), itemKey(item)]))
      const answer = await matches(body, { look: false, only }, caller)
      return { ...answer, ...withUnseen(answer, body.pairs) }
    },
    async archive({ params, body, caller }) {
      const of = sideOf(params['id'] ?? '', caller)
      return put(await agent.write('archive', { of, reason: reasonOf(body), by: byOf(caller) }), true)
    },
    async takeBack({ params, caller }) {
      const of: Side = sideOf(params['id'] ?? '', caller)
      return put(await agent.write('takeBack', { of, by: byOf(caller) }), false)
    },
  }
}

const reasonOf = ({ reason }: BodyOf<'archive'>): string | null => (reason === undefined || reason.trim() === '' ? null : reason.trim())

function put(refused: ConstructorParameters<typeof Refusal>[1] | null, archived: boolean): { archived: boolean } {
  if (refused !== null) throw new Refusal(409, refused)
  return { archived }
}

function entitiesOf({ entity, type, types }: Matched): Entity[] {
  const named = entity ? [entity] : (types ?? (type ? [type] : [])).flatMap((one) => entityOfItem[one] ?? [])
  if (named.length === 0) throw refuse(400, 'entity-or-type')
  return [...new Set(named)]
}

const numberOf = (link: string): number => (/^\d{1,15}$/.test(link) ? Number(link) : -1)

/** What was named and met nowhere: tied or put away since, gone, or not theirs to see. Nothing more is told of it. */
function withUnseen({ tied, left, counts }: Answer, pairs: Pairs): Pick<Answer, 'left' | 'counts'> {
  const met = new Set([...tied, ...left].map(({ link }) => link))
  const unseen = pairs.filter(({ link }) => !met.has(link)).map(({ link }) => ({ link, erpKey: '', because: 'moved', best: null }))
  return { left: [...left, ...unseen], counts: unseen.length === 0 ? counts : { ...counts, moved: (counts['moved'] ?? 0) + unseen.length } }
}

function add(answer: Answer, { tied, left, more, counts }: Answer): void {
  for (const [because, count] of Object.entries(counts)) answer.counts[because] = (answer.counts[because] ?? 0) + count
  const listed = left.slice(0, matchesAtMost - answer.left.length)
  answer.tied.push(...tied)
  answer.left.push(...listed)
  answer.more = { tied: answer.more.tied + more.tied, left: answer.more.left + more.left + left.length - listed.length }
}
