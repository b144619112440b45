import { useState } from 'preact/hooks'
import type { PlanGroupShape, PlanRowShape, PlanShape } from '../../../shared/api/plans.ts'
import type { QueryOf } from '../../../shared/api.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { Answered } from '../answered.tsx'
import { useAnswer, useLink } from '../link.ts'
import { type Column, List } from '../list.tsx'
import { changeSaid, counted, rowSaid } from './said.ts'

type Props = { plan: PlanShape; group: PlanGroupShape }

/** The rows of a group, fetched once somebody wants to see them. */
export const Rows = ({ plan, group }: Props) => {
  const { words } = useLink()
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say(words, 'plan.rows.show')}</summary>
      {open && <Page plan={plan} group={group} />}
    </details>
  )
}

const Page = ({ plan, group }: Props) => {
  const { words } = useLink()
  const [after, setAfter] = useState<readonly string[]>([])
  const { connection, entity, what } = group
  const query = { connection, entity, what, ...(after.length > 0 ? { after: Number(after.at(-1)) } : {}) } as QueryOf<'planRows'>
  const asked = useAnswer('planRows', { params: { id: plan.id }, query })
  return (
    <Answered asked={asked}>
      {({ rows, next, hidden }) => (
        <>
          <List
            caption={say(words, 'plan.rows')}
            columns={columns(words)}
            rows={rows}
            keyOf={({ link }) => link}
            words={words}
            empty={say(words, 'plan.rows.none')}
          />
          {hidden > 0 && <p>{say(words, 'plan.rows.hidden', { n: counted(hidden, words) })}</p>}
          {(next !== null || after.length > 0) && (
            <p class="pages">
              <button class="button small" type="button" disabled={after.length === 0} onClick={() => setAfter(after.slice(0, -1))}>
                {say(words, 'console.page.before')}
              </button>
              <button
                class="button small"
                type="button"
                disabled={next === null}
                onClick={() => next !== null && setAfter([...after, next])}
              >
                {say(words, 'plan.rows.more')}
              </button>
            </p>
          )}
        </>
      )}
    </Answered>
  )
}

const columns = (words: Words): Column<PlanRowShape>[] => [
  {
    title: say(words, 'console.key'),
    text: ({ key, name }) => (name === null ? key : `${key} ${name}`),
    show: ({ key, name }) => (
      <>
        {key} {name !== null && <small>{name}</small>}
      </>
    ),
    class: 'file',
  },
  { title: say(words, 'plan.change'), text: (row) => changeSaid(row, words), class: 'file' },
  { title: say(words, 'plan.idempotency'), text: ({ idempotency }) => idempotency ?? '', class: 'file' },
  { title: say(words, 'console.result'), text: (row) => rowSaid(row, words) },
]
