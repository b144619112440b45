import { useState } from 'preact/hooks'
import type { GroupShape } from '../../shared/api/groups.ts'
import type { PersonShape } from '../../shared/api/people.ts'
import { Problem } from '../../shared/ui/problem.tsx'
import { say } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { useLink } from './link.ts'
import { Projects } from './projects.tsx'
import { Ticks } from './ticks.tsx'

type Draft = Omit<GroupShape, 'id'> & { id: string | null }

const fresh: Draft = { id: null, name: '', members: [], scope: null }

type Props = { groups: readonly GroupShape[]; people: readonly PersonShape[]; changed: () => void }

/** Groups of people: each may open projects to its members; made, changed and removed here. */
export function Groups({ groups, people, changed }: Props) {
  const { client, words } = useLink()
  const [draft, setDraft] = useState<Draft | null>(null)
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const told = (reply: { value: unknown } | { problem: ToldProblem }, done: string): void => {
    setProblem('problem' in reply ? reply.problem : null)
    setSaid('problem' in reply ? '' : done)
    if ('value' in reply) setDraft(null)
    changed()
  }
  const save = async ({ id, ...body }: Draft): Promise<void> => {
    const reply = id === null ? client.call('addGroup', { body }) : client.call('changeGroup', { params: { id }, body })
    told(await reply, say(words, 'console.group.saved'))
  }
  const remove = async ({ id, name }: GroupShape): Promise<void> =>
    told(await client.call('removeGroup', { params: { id } }), say(words, 'console.group.removed', { name }))
  const nameOf = (id: string): string => people.find((person) => person.id === id)?.name ?? id
  return (
    <section class="card groups">
      <h2>{say(words, 'console.groups')}</h2>
      {groups.length === 0 && <p class="empty">{say(words, 'console.groups.none')}</p>}
      <ul class="lines">
        {groups.map((group) => (
          <li key={group.id}>
            <p>
              {group.name}{' '}
              <small>
                {[group.members.map(nameOf).join(', '), group.scope && say(words, 'console.scope', { count: group.scope.length })]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </p>
            <div class="steps">
              {[
                { act: 'console.group.change' as const, run: () => setDraft(group) },
                { act: 'console.group.remove' as const, run: () => void remove(group) },
              ].map(({ act, run }) => (
                <button
                  key={act}
                  class="button small"
                  type="button"
                  aria-label={say(words, 'console.group.of', { act: say(words, act), name: group.name })}
                  onClick={run}
                >
                  {say(words, act)}
                </button>
              ))}
            </div>
          </li>
        ))}
      </ul>
      {draft ? (
        <Form key={draft.id} draft={draft} people={people} set={setDraft} save={save} />
      ) : (
        <div>
          <button class="button" type="button" onClick={() => setDraft(fresh)}>
            {say(words, 'console.group.new')}
          </button>
        </div>
      )}
      <div role="status">
        {said}
        {problem && <Problem told={problem} words={words} />}
      </div>
    </section>
  )
}

type FormProps = { draft: Draft; people: readonly PersonShape[]; set: (draft: Draft) => void; save: (draft: Draft) => Promise<void> }

const Form = ({ draft, people, set, save }: FormProps) => {
  const { words } = useLink()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    void save(draft)
  }
  return (
    <form class="fields" onSubmit={submit}>
      <div>
        <label for="group-name">{say(words, 'console.group.name')}</label>
        <input
          id="group-name"
          required
          maxLength={120}
          autocomplete="off"
          value={draft.name}
          onInput={({ currentTarget }) => set({ ...draft, name: currentTarget.value })}
        />
      </div>
      <fieldset class="wide">
        <legend>{say(words, 'console.group.members')}</legend>
        <Ticks id="group-member" all={people} chosen={draft.members} choose={(members) => set({ ...draft, members })} />
      </fieldset>
      <Projects
        id="group-project"
        chosen={draft.scope}
        choose={(scope) => set({ ...draft, scope })}
        whenNone={say(words, 'console.group.all')}
        says={say(words, 'console.group.says')}
      />
      <div class="wide">
        <button class="button primary" type="submit">
          {say(words, 'console.group.save')}
        </button>
      </div>
    </form>
  )
}
