import { useState } from 'preact/hooks'
import type { Concerned, ProblemGroup } from '../../../shared/api/problems.ts'
import { Cause, causesTable, isTriable, Open, type Retried, Retry } from '../../../shared/ui/cause.tsx'
import { CopyTable } from '../../../shared/ui/copy-table.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { moment } from '../../../shared/words/when.ts'
import { askOwn } from '../../bridge/own.ts'
import type { AgentView } from '../../bridge/own-calls.ts'
import { addressOf } from '../../pages/address.ts'

type Shown = { agent: AgentView; host: string; words: Words }
type OfGroup = Shown & { group: ProblemGroup }

/** So many causes can be read here; the command line lists the others. */
const groupsShown = 20

/** What stands in the way, one row per cause; or that nothing does, and since when that is known. */
export const Problems = (shown: Shown) => {
  const { agent, host, words } = shown
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
      <CopyTable table={() => causesTable(agent.problems, words)} words={words} />
      <ul class="causes">
        {agent.problems.slice(0, groupsShown).map((group) => (
          <Cause key={group.cause} group={group} words={words} hrefOf={hrefAt(host)}>
            <Steps {...shown} group={group} />
          </Cause>
        ))}
      </ul>
      {more > 0 && <small>{say(words, 'problems.causes.more', { count: more })}</small>}
    </>
  )
}

const hrefAt =
  (host: string) =>
  ({ item, project }: Concerned): string | null => {
    const path = item && addressOf(item.type, item.id, project)
    return path ? `https://${host}${path}` : null
  }

const Steps = (of: OfGroup) => {
  const { group, agent, host, words } = of
  const path = addressOfGroup(group)
  return (
    <div class="steps">
      {isTriable(group) && agent.person.role !== 'viewer' && <RetryCause {...of} />}
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

/** The list is asked anew when the popup opens again. */
const RetryCause = ({ group, agent, words }: OfGroup) => {
  const [said, setSaid] = useState<Retried>(null)
  const retry = async (): Promise<void> => {
    setSaid('asking')
    setSaid(await askOwn('retryCause', { id: agent.id, cause: group.cause }))
  }
  return <Retry group={group} words={words} said={said} retry={() => void retry()} />
}
