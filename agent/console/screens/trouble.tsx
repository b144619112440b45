import { useState } from 'preact/hooks'
import type { ProblemGroup } from '../../../shared/api/problems.ts'
import { mayAct, type Role } from '../../../shared/pairing.ts'
import { Cause, causesTable, isTriable, type Retried, Retry } from '../../../shared/ui/cause.tsx'
import { CopyTable } from '../../../shared/ui/copy-table.tsx'
import { say } from '../../../shared/words/say.ts'
import { Answered } from '../answered.tsx'
import { useAnswer, useLink } from '../link.ts'
import { at } from '../times.ts'

/** What stands in the way, by cause: who can put it right, and how. */
export const Trouble = () => {
  const { me, words } = useLink()
  const asked = useAnswer('problems', { query: {} })
  const may = mayAct(me.person.role as Role, 'accountant')
  return (
    <Answered asked={asked}>
      {({ groups, moreGroups = 0, asOf }) =>
        groups.length === 0 ? (
          <p class="empty">{say(words, 'problems.clear', { when: at(asOf, words) })}</p>
        ) : (
          <>
            <p>
              <small>{say(words, 'popup.asOf', { when: at(asOf, words) })}</small>{' '}
              <CopyTable table={() => causesTable(groups, words)} words={words} />
            </p>
            <ul class="causes">
              {groups.map((group) => (
                <Cause key={group.cause} group={group} words={words}>
                  {may && isTriable(group) && (
                    <div class="steps">
                      <RetryCause group={group} />
                    </div>
                  )}
                </Cause>
              ))}
            </ul>
            {moreGroups > 0 && <small>{say(words, 'problems.causes.more', { count: moreGroups })}</small>}
          </>
        )
      }
    </Answered>
  )
}

const RetryCause = ({ group }: { group: ProblemGroup }) => {
  const { client, words } = useLink()
  const [said, setSaid] = useState<Retried>(null)
  const retry = async (): Promise<void> => {
    setSaid('asking')
    setSaid(await client.call('retryProblems', { body: { cause: group.cause } }))
  }
  return <Retry group={group} words={words} said={said} retry={() => void retry()} />
}
