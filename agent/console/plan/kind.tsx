import type { PlanGroupShape, PlanShape } from '../../../shared/api/plans.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { useLink } from '../link.ts'
import { at } from '../times.ts'
import { Rows } from './rows.tsx'
import { counted, groupKey } from './said.ts'

type Props = {
  plan: PlanShape
  kind: PlanShape['kinds'][number]
  /** Groups that are ticked; null where nothing can be approved any more. */
  ticked: readonly string[] | null
  tick: (key: string, on: boolean) => void
}

/** What a plan found of one kind of record: how old both sides are, its groups with their rows, and what is in none. */
export const Kind = ({ plan, kind, ticked, tick }: Props) => {
  const { me, words } = useLink()
  const groups = plan.groups.filter(({ connection, entity }) => connection === kind.connection && entity === kind.entity)
  const name = sayCode(words, 'entity', kind.entity)
  const connection = me.connections.find(({ id }) => id === kind.connection)?.name
  const counts = { looked: kind.looked, agree: kind.agree, before: kind.before, alone: kind.alone }
  return (
    <section class="card" data-entity={kind.entity}>
      <h3 class="kind">
        {name} {plan.scope.length > 1 && connection && <small>{connection}</small>}
      </h3>
      <p>
        <small>
          {say(words, 'plan.erpAsOf', { when: at(kind.erpAsOf, words) })} ·{' '}
          {say(words, 'plan.procoreAsOf', { when: at(kind.procoreAsOf, words) })}
        </small>
      </p>
      {kind.unread > 0 && <p>{say(words, 'plan.unread', { n: counted(kind.unread, words) })}</p>}
      {groups.length > 0 && (
        <ul class="lines">
          {groups.map((group) => (
            <Group key={groupKey(group)} {...{ plan, group, ticked, tick, kind: name }} />
          ))}
        </ul>
      )}
      <p>
        <small>{say(words, 'plan.counted', Object.fromEntries(Object.entries(counts).map(([key, n]) => [key, counted(n, words)])))}</small>
      </p>
    </section>
  )
}

type GroupProps = Pick<Props, 'plan' | 'ticked' | 'tick'> & { group: PlanGroupShape; kind: string }

const Group = ({ plan, group, ticked, tick, kind }: GroupProps) => {
  const { words } = useLink()
  const key = groupKey(group)
  const name = sayCode(words, 'plan.group', group.what)
  const id = `plan-group-${key.replaceAll(' ', '-')}`
  const { written, leftOut, failed, waiting } = group
  const outcome = Object.fromEntries(Object.entries({ written, leftOut, failed, waiting }).map(([one, n]) => [one, counted(n, words)]))
  return (
    <li data-group={group.what}>
      <div class="group">
        {ticked && group.mayApprove ? (
          <>
            <input
              id={id}
              type="checkbox"
              aria-label={say(words, 'plan.tick', { group: name, kind })}
              checked={ticked.includes(key)}
              onChange={({ currentTarget }) => tick(key, currentTarget.checked)}
            />
            <label for={id}>
              <strong>
                {counted(group.rows, words)} {name}
              </strong>
            </label>
          </>
        ) : (
          <strong>
            {counted(group.rows, words)} {name}
          </strong>
        )}
        {plan.approvedAt !== null && group.mayApprove && (
          <span>{group.approved ? say(words, 'plan.outcome', outcome) : say(words, 'plan.notApproved')}</span>
        )}
      </div>
      <p>
        <small>{sayCode(words, 'plan.group', `${group.what}.says`)}</small>
      </p>
      {group.others > 0 && <p>{say(words, 'plan.group.others', { n: counted(group.others, words) })}</p>}
      <Rows plan={plan} group={group} />
    </li>
  )
}
