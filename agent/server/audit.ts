import type { ActShape } from '../../shared/api/audit.ts'
import type { QueryOf } from '../../shared/api.ts'
import { actAt, actsBefore, checkChainInSlices, follows, type ToldAct } from '../ledger/audit.ts'
import { createActSubjects } from './act-subjects.ts'
import type { Agent } from './agent.ts'
import type { Handlers } from './call.ts'
import { refuse } from './refusal.ts'
import { iso } from './says.ts'

type Wanted = Pick<QueryOf<'audit'>, 'person' | 'act' | 'search'>

/** The log of acts, page by page from the newest back, one act with its proof, and the proof of all. */
export function auditHandlers(agent: Agent): Pick<Handlers, 'audit' | 'auditChain' | 'auditAct'> {
  const { raw } = agent.reader
  const subjects = createActSubjects(agent)
  const toldOf = (row: ToldAct): ActShape => shapeOf(row, subjects.about(row.subject))
  return {
    async audit({ query: { limit = 50, before, ...wanted }, caller }) {
      const most = Math.min(Math.max(limit, 1), 200)
      const [isWanted, isTheirs] = [wantedBy(wanted, subjects.about), subjects.seenBy(caller)]
      const acts: ActShape[] = []
      for await (const row of actsBefore(raw, before ?? Number.MAX_SAFE_INTEGER)) {
        if (!isWanted(row) || !isTheirs(row.subject)) continue
        if (acts.length === most) return { acts, before: acts.at(-1)?.id ?? null }
        acts.push(toldOf(row))
      }
      return { acts, before: null }
    },
    async auditChain({ query: { kept }, caller }) {
      const { acts, head, broken, holds } = await checkChainInSlices(raw, kept ?? null)
      const row = broken && actAt(raw, broken.id)
      const seen = row !== null && subjects.seenBy(caller)(row.subject)
      return { acts, head, broken: broken && { id: String(broken.id), at: iso(broken.at), act: seen ? broken.act : null }, holds }
    },
    auditAct({ params, caller }) {
      const row = /^\d{1,15}$/.test(params['id'] ?? '') ? actAt(raw, Number(params['id'])) : null
      if (row === null || !subjects.seenBy(caller)(row.subject)) throw refuse(404, 'no-act')
      return { act: toldOf(row), follows: follows(raw, row) }
    },
  }
}

function wantedBy({ person, act, search = '' }: Wanted, about: (subject: string) => ActShape['about']): (row: ToldAct) => boolean {
  const text = search.trim().toLowerCase()
  return (row) =>
    (person === undefined || personOf(row) === person) &&
    (act === undefined || (act === 'refused' ? row.act.endsWith('-refused') : row.act === act)) &&
    (text === '' || textsOf(row, about).some((one) => one?.toLowerCase().includes(text)))
}

const personOf = ({ person, origin }: ToldAct): string => (person !== null ? String(person) : origin === 'cli' ? 'cli' : 'agent')

const textsOf = (row: ToldAct, about: (subject: string) => ActShape['about']): (string | null)[] => [
  ...[row.name, row.email, row.origin, row.browser, row.act, row.subject, row.before, row.after, row.hash],
  about(row.subject).name,
]

const shapeOf = (
  { id, at, person, name, email, origin, browser, act, subject, before, after, hash }: ToldAct,
  about: ActShape['about'],
) => ({
  ...{ id: String(id), at: iso(at), person: person === null ? null : { id: String(person), name, email } },
  ...{ origin, browser: browser ?? null, act, subject, about, before, after, hash },
})
