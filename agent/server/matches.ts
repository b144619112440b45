import { type AnswerOf, type BodyOf, candidatesAtMost, matchesAtMost } from '../../shared/api.ts'
import { entityOfItem } from '../../shared/item.ts'
import type { Agent, Caller, Side } from './agent.ts'
import type { Handlers } from './call.ts'
import { done } from './links.ts'
import { Refusal, refuse } from './refusal.ts'
import { createSides, seesPlace } from './sides.ts'
import { companyOf, type Status } from './status.ts'

type Answer = AnswerOf<'matches'>

/** Linking by hand, one or many, and putting away what never will be. */
export function matchHandlers(
  agent: Agent,
  { served }: Pick<Status, 'served'>,
): Pick<Handlers, 'candidates' | 'matches' | 'archive' | 'takeBack'> {
  const sideOf = createSides(agent)
  return {
    async candidates({ params, caller }) {
      const found = await agent.candidates(sideOf(params['id'] ?? '', caller), seesPlace(caller))
      return { candidates: found.slice(0, candidatesAtMost), more: Math.max(0, found.length - candidatesAtMost) }
    },
    async matches({ body, caller }) {
      const entity = body.entity ?? (body.type && entityOfItem[body.type])
      if (entity === undefined) throw refuse(400, 'entity or type')
      const company = companyOf(body.company, served.read())
      const answer: Answer = { tied: [], left: [], more: { tied: 0, left: 0 } }
      for (const { id } of served.read().connections.filter((connection) => connection.company === company)) {
        const ask = { connection: id, entity, atLeast: body.atLeast, look: body.look === true, atMost: matchesAtMost - answer.tied.length }
        add(answer, done(await agent.matches(ask, seesPlace(caller), caller)))
      }
      return answer
    },
    async archive({ params, body, caller }) {
      const of = sideOf(params['id'] ?? '', caller)
      return put(await agent.write('archive', { of, reason: reasonOf(body), by: by(caller) }), true)
    },
    async takeBack({ params, caller }) {
      const of: Side = sideOf(params['id'] ?? '', caller)
      return put(await agent.write('takeBack', { of, by: by(caller) }), false)
    },
  }
}

const by = ({ person, origin }: Caller) => ({ person: person || null, origin })
const reasonOf = ({ reason }: BodyOf<'archive'>): string | null => (reason === undefined || reason.trim() === '' ? null : reason.trim())

function put(refused: ConstructorParameters<typeof Refusal>[1] | null, archived: boolean): { archived: boolean } {
  if (refused !== null) throw new Refusal(409, refused)
  return { archived }
}

function add(answer: Answer, { tied, left, more }: Answer): void {
  const listed = left.slice(0, matchesAtMost - answer.left.length)
  answer.tied.push(...tied)
  answer.left.push(...listed)
  answer.more = { tied: answer.more.tied + more.tied, left: answer.more.left + more.left + left.length - listed.length }
}
