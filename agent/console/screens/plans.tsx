import type { PlanShape } from '../../../shared/api/plans.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { Answered } from '../answered.tsx'
import { useAnswer, useLink } from '../link.ts'
import { type Column, List } from '../list.tsx'
import { NewPlan } from '../plan/new-plan.tsx'
import { Plan } from '../plan/plan.tsx'
import { sinceSaid, stateSaid } from '../plan/said.ts'
import { at } from '../times.ts'

/** A first or repeated sync as a plan: made here, looked at, approved by groups, and followed to its end. */
export const Plans = ({ of }: { of: string | null }) => (of === null ? <AllPlans /> : <Plan key={of} id={of} />)

const AllPlans = () => {
  const { words } = useLink()
  const asked = useAnswer('plans')
  return (
    <>
      <p>{say(words, 'plan.says')}</p>
      <Answered asked={asked}>
        {({ plans, connections }) => (
          <>
            {connections.length === 0 ? (
              <p class="empty">{say(words, 'console.connections.first')}</p>
            ) : (
              <NewPlan connections={connections} />
            )}
            <List
              caption={say(words, 'console.plans')}
              columns={columns(words)}
              rows={plans}
              keyOf={({ id }) => id}
              words={words}
              empty={say(words, 'plan.none')}
            />
          </>
        )}
      </Answered>
    </>
  )
}

const columns = (words: Words): Column<PlanShape>[] => [
  {
    title: say(words, 'console.what'),
    text: ({ id }) => say(words, 'plan.number', { id }),
    show: ({ id }) => <a href={`#/plans/${id}`}>{say(words, 'plan.number', { id })}</a>,
  },
  { title: say(words, 'console.result'), text: (plan) => stateSaid(plan, words) },
  { title: say(words, 'plan.depth'), text: ({ depth }) => sayCode(words, 'plan.depth', depth) },
  { title: say(words, 'plan.since'), text: (plan) => sinceSaid(plan, words) },
  { title: say(words, 'plan.asked'), text: ({ askedAt }) => at(askedAt, words) },
]
