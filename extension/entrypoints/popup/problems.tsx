import { useState } from 'preact/hooks'
import type { Concerned, ProblemGroup } from '../../../shared/api/problems.ts'
import type { Tone } from '../../../shared/link-state.ts'
import { CopyTable } from '../../../shared/ui/copy-table.tsx'
import type { Table } from '../../../shared/ui/table-text.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { sayCause, sayWho } from '../../../shared/words/say-group.ts'
import { sayWhole } from '../../../shared/words/say-problem.ts'
import { moment } from '../../../shared/words/when.ts'
import type { Reply } from '../../bridge/calls.ts'
import { askOwn } from '../../bridge/own.ts'
import type { AgentView } from '../../bridge/own-calls.ts'
import { addressOf } from '../../pages/address.ts'

type Shown = { agent: AgentView; host: string; words: Words }
type OfGroup = Shown & { group: ProblemGroup }

/** So many causes can be read here; the command line lists the others. */
const groupsShown = 20
const recordsShown = 10

/** What stands in the way, one row per cause; or that nothing does, and since when that is known. */
export const Problems = (shown: Shown) => {
  const { agent, words } = shown
  const more = agent.problems.length - groupsShown + agent.moreProblems
  const when = moment(agent.problemsAsOf, words.locale, new Date()) ?? say(words, 'asOf.unknown')
  if (agent.problems.length === 0) return <p class="clear">{say(words, 'problems.clear', { when })}</p>
  return (
    <>
      <div class="row">
        <h3>{say(words, 'popup.problems')}</h3>
        <span>
          <span class="count">{agent.problemTotal}</span> <small>{say(words, 'popup.asOf', { when })}</small>
        </span>
      </div>
      <CopyTable table={() => problemsTable(agent.problems, words)} words={words} />
      <ul class="causes">
        {agent.problems.slice(0, groupsShown).map((group) => (
          <Cause key={group.cause} {...shown} group={group} />
        ))}
      </ul>
      {more > 0 && <small>{say(words, 'problems.causes.more', { count: more })}</small>}
    </>
  )
}

/** All of them, not only those that are shown. */
const problemsTable = (groups: readonly ProblemGroup[], words: Words): Table => ({
  head: [say(words, 'copy.problem'), say(words, 'copy.next'), say(words, 'copy.affected')],
  rows: groups.map((group) => {
    const { says, next } = sayCause(words, group)
    return [says, next, { number: String(group.count) }]
  }),
})

const tones: Record<string, Tone> = { wait: 'blue', look: 'blue', ask: 'yellow' }

const Cause = (of: OfGroup) => {
  const { group, words } = of
  const { says, next } = sayCause(words, group)
  const since = moment(group.since, words.locale, new Date())
  const about = [sayWho(words, group), since && say(words, 'problems.since', { since })].filter(Boolean).join(' · ')
  const place = placeOf(group, words)
  return (
    <li class="problem" data-tone={tones[group.problem.next] ?? 'red'} data-code={group.problem.code}>
      <div class="row">
        <p class="says">{says}</p>
        {group.count > 1 && (
          <span class="count" title={say(words, 'popup.affected')}>
            {group.count}
          </span>
        )}
      </div>
      <p class="next">{next}</p>
      <small>{about}</small>
      {place && (
        <p>
          <small>{place}</small>
        </p>
      )}
      <Records {...of} />
      <Steps {...of} />
    </li>
  )
}

/** Where it stands, if it stands in a file. */
const placeOf = ({ problem: { at } }: ProblemGroup, words: Words): string | null =>
  at?.file === undefined ? null : at.line === undefined ? at.file : say(words, 'problems.place', { file: at.file, line: at.line })

const Records = ({ group: { records = [], count }, host, words }: OfGroup) => {
  if (records.length === 0) return null
  const shown = records.slice(0, recordsShown)
  return (
    <details>
      <summary>{say(words, 'problems.examples')}</summary>
      <ul>
        {shown.map((one) => (
          <Record key={`${one.link} ${one.at?.line}`} one={one} host={host} words={words} />
        ))}
      </ul>
      {count > shown.length && <small>{say(words, 'problems.more', { count: count - shown.length })}</small>}
    </details>
  )
}

const Record = ({ one: { key, item, project, at }, host, words }: { one: Concerned; host: string; words: Words }) => {
  const path = item && addressOf(item.type, item.id, project)
  const place = at && say(words, 'problems.place', at)
  return (
    <li>
      {path ? <Open href={`https://${host}${path}`} text={key ?? item.id} /> : key} {place && <small>{place}</small>}
    </li>
  )
}

const Open = ({ href, text }: { href: string; text: string }) => (
  <a href={href} target="_blank" rel="noreferrer">
    {text}
  </a>
)

/** Files that wait for a person are let through at the server alone: an admin looks at them first. */
const isTriable = ({ waiting, problem: { code } }: ProblemGroup): boolean =>
  waiting === undefined ? code.startsWith('procore-') : waiting > 0

const Steps = (of: OfGroup) => {
  const { group, agent, host, words } = of
  const path = addressOfGroup(group)
  return (
    <div class="steps">
      {isTriable(group) && agent.person.role !== 'viewer' && <Retry {...of} />}
      {path && <Open href={`https://${host}${path}`} text={say(words, 'problems.open')} />}
    </div>
  )
}

/** The one item it is about, else the project all of it lies in. */
function addressOfGroup({ records = [], project, count }: ProblemGroup): string | null {
  const only = count === 1 ? records[0] : undefined
  const path = only?.item ? addressOf(only.item.type, only.item.id, only.project) : null
  return path ?? (project ? addressOf('project', project.id, null) : null)
}

/** Pressed once: what came of it stands beside, and the list is asked anew when the popup opens again. */
const Retry = ({ group, agent, words }: OfGroup) => {
  const [reply, setReply] = useState<'asking' | Reply<{ retried: number }> | null>(null)
  const retry = async (): Promise<void> => {
    setReply('asking')
    setReply(await askOwn('retryCause', { id: agent.id, cause: group.cause }))
  }
  const { waiting } = group
  return (
    <>
      <button class="button small" type="button" disabled={reply !== null} onClick={() => void retry()}>
        {waiting === undefined ? say(words, 'problems.retry') : say(words, 'problems.retry-all', { count: waiting })}
      </button>
      <small role="status">{sayReply(reply, words)}</small>
    </>
  )
}

function sayReply(reply: 'asking' | Reply<{ retried: number }> | null, words: Words): string {
  if (reply === null) return ''
  if (reply === 'asking') return say(words, 'problems.retrying')
  if ('problem' in reply) return sayWhole(words, reply.problem)
  const { retried } = reply.value
  return retried > 0 ? say(words, 'problems.retried', { count: retried }) : say(words, 'problems.retried.none')
}
