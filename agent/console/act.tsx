import { dataOf } from '../../shared/act-file.ts'
import type { ActShape } from '../../shared/api/audit.ts'
import type { Words } from '../../shared/words/languages.ts'
import { say } from '../../shared/words/say.ts'
import { sayAct } from '../../shared/words/say-act.ts'
import { Answered } from './answered.tsx'
import { useAnswer, useLink } from './link.ts'
import { type Column, List } from './list.tsx'
import { aboutWhat, whereFrom, whoActed } from './said-act.ts'
import { at } from './times.ts'

/** One act: who, when, from where, on what, what was before and after, and whether its hash follows. */
export const Act = ({ id }: { id: string }) => {
  const { words } = useLink()
  const asked = useAnswer('auditAct', { params: { id } })
  return (
    <>
      <p>
        <a href="#/audit">{say(words, 'audit.all')}</a>
      </p>
      <Answered asked={asked}>
        {({ act, follows }) => (
          <>
            <section class="card">
              <h2>{sayAct(words, act.act)}</h2>
              <Facts act={act} words={words} />
            </section>
            <h2>{say(words, 'audit.data')}</h2>
            <List
              caption={say(words, 'audit.data')}
              columns={columns(words)}
              rows={fieldsOf(act)}
              keyOf={({ name }) => name}
              words={words}
              empty={say(words, 'audit.data.none')}
            />
            <section class="card proof">
              <h2>{say(words, 'audit.hash')}</h2>
              <p data-tone={follows ? 'green' : 'red'}>{say(words, follows ? 'audit.follows' : 'audit.follows.not')}</p>
              <code>{act.hash}</code>
            </section>
          </>
        )}
      </Answered>
    </>
  )
}

const Facts = ({ act, words }: { act: ActShape; words: Words }) => {
  const { kind, name } = aboutWhat(act, words)
  const facts = [
    { name: say(words, 'evidence.number'), value: act.id },
    { name: say(words, 'evidence.when'), value: at(act.at, words), more: act.at },
    { name: say(words, 'evidence.who'), value: whoActed(act, words), more: act.person?.email },
    { name: say(words, 'evidence.where'), value: whereFrom(act, words), more: act.browser === null ? null : act.origin },
    { name: kind, value: name, more: name === act.subject ? null : act.subject },
  ]
  return (
    <dl class="counts facts">
      {facts.map((fact) => (
        <div key={fact.name}>
          <dt>{fact.name}</dt>
          <dd>
            {fact.value} {fact.more && <small>{fact.more}</small>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

type Field = { name: string; before: string; after: string }

const columns = (words: Words): Column<Field>[] => [
  { title: say(words, 'figures.field'), text: ({ name }) => name },
  { title: say(words, 'evidence.before'), text: ({ before }) => before, class: 'file' },
  { title: say(words, 'evidence.after'), text: ({ after }) => after, class: 'file' },
]

/** Names as the ledger has them; what is no list of names is one line without a name. */
function fieldsOf({ before, after }: ActShape): Field[] {
  const [was, is] = [namedOf(before), namedOf(after)]
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return names.map((name) => ({ name, before: saidValue(was[name]), after: saidValue(is[name]) }))
}

function namedOf(text: string | null): Record<string, unknown> {
  const data = dataOf(text)
  if (data === null) return {}
  return typeof data === 'object' && !Array.isArray(data) ? (data as Record<string, unknown>) : { '': data }
}

const saidValue = (value: unknown): string => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value))
