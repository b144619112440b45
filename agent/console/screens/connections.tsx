import { useState } from 'preact/hooks'
import type { HandOverShape } from '../../../shared/api/hand-overs.ts'
import type { TestStepShape } from '../../../shared/api/set-up.ts'
import type { AnswerOf } from '../../../shared/api.ts'
import { Problem } from '../../../shared/ui/problem.tsx'
import type { WordKey } from '../../../shared/words/en.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { Answered } from '../answered.tsx'
import { ConnectionForm } from '../connection-form.tsx'
import { Deletion } from '../deletion.tsx'
import { type Asked, useAnswer, useLink } from '../link.ts'
import { ProgramHere } from '../program-here.tsx'
import { TestSteps } from '../test-steps.tsx'
import { at } from '../times.ts'
import { WhoSeesIt } from '../who-sees-it.tsx'
import { WithProcoreAdmin } from '../with-procore-admin.tsx'
import { Writing } from '../writing.tsx'

type Connection = AnswerOf<'connections'>['connections'][number]

/** Which ERP company is joined to which company in Procore: made, changed, started and stopped here. */
export const Connections = ({ of }: { of: string | null }) => {
  const { words } = useLink()
  const asked = useAnswer('connections')
  const sheets = useAnswer('handOvers')
  const [done, setDone] = useState<WordKey | null>(null)
  const saved = (as: WordKey): void => {
    setDone(as)
    asked.ask()
    sheets.ask()
    location.hash = '#/connections'
  }
  const turned = (): void => {
    setDone(null)
    asked.ask()
  }
  const out = sheets.value?.handOvers ?? []
  return (
    <Answered asked={asked}>
      {({ connections }) =>
        of === null ? (
          <>
            <div role="status">{done && <p>{say(words, done)}</p>}</div>
            <WithProcoreAdmin sheets={out} changed={sheets.ask} />
            {there(connections).length === 0 && <p class="empty">{say(words, 'console.connections.first')}</p>}
            <ul class="people">
              {there(connections).map((one) => (
                <ConnectionCard key={one.id} connection={one} changed={turned} />
              ))}
            </ul>
            <p>
              <a class="button" href="#/connections/new">
                {say(words, 'console.connection.new')}
              </a>
            </p>
            <Deleted connections={connections} restored={() => saved('console.connection.restored')} />
          </>
        ) : (
          <Edit
            key={of}
            of={of}
            known={there(connections).find(({ id }) => id === of) ?? null}
            sheets={sheets}
            saved={() => saved(isNew(of) ? 'console.connection.saved' : 'console.connection.changed')}
          />
        )
      }
    </Answered>
  )
}

/** A new one has no number yet; one that was begun goes by its sheet's. */
const isNew = (of: string): boolean => of === 'new' || of.startsWith('sheet-')

/** The sheet that is out for what stands in the form: `made` is the one that was made in it last. */
function sheetOf(out: readonly HandOverShape[], of: string, made: string | null): HandOverShape | null {
  if (!isNew(of)) return out.find(({ connection }) => connection === of) ?? null
  const begun = out.filter(({ connection }) => connection === null)
  return begun.find(({ id }) => id === made) ?? begun.find(({ id }) => of === `sheet-${id}`) ?? null
}

const there = (connections: readonly Connection[]): Connection[] => connections.filter(({ deletedAt }) => deletedAt === null)

/** Those that were put away, each to be had back. */
const Deleted = ({ connections, restored }: { connections: readonly Connection[]; restored: () => void }) => {
  const { client, words } = useLink()
  const gone = connections.filter(({ deletedAt }) => deletedAt !== null)
  if (gone.length === 0) return null
  const restore = async (id: string): Promise<void> => {
    const reply = await client.call('restoreConnection', { params: { id } })
    if ('value' in reply) restored()
  }
  return (
    <section>
      <h2>{say(words, 'console.connection.deleted')}</h2>
      <ul class="lines deleted">
        {gone.map(({ id, deletedAt, draft: { name } }) => (
          <li key={id} class="steps">
            <span>
              {name} <small>{say(words, 'console.connection.deletedAt', { when: at(deletedAt, words) })}</small>
            </span>
            <button
              class="button small"
              type="button"
              aria-label={say(words, 'console.connection.of', { act: say(words, 'console.connection.restore'), name })}
              onClick={() => void restore(id)}
            >
              {say(words, 'console.connection.restore')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

type EditProps = { of: string; known: Connection | null; sheets: Asked<AnswerOf<'handOvers'>>; saved: () => void }

const Edit = ({ of, known, sheets, saved }: EditProps) => {
  const [made, setMade] = useState<string | null>(null)
  const connectors = useAnswer('connectors')
  return (
    <Answered asked={connectors}>
      {({ connectors: all }) => (
        <Answered asked={sheets}>
          {({ handOvers }) => (
            <>
              <ConnectionForm
                connectors={all}
                known={known}
                begun={handOvers.find(({ id }) => of === `sheet-${id}`)?.draft ?? null}
                sheet={sheetOf(handOvers, of, made)}
                sheetMade={(id) => {
                  setMade(id)
                  sheets.ask()
                }}
                sheetsMoved={sheets.ask}
                saved={saved}
              />
              {known && <ProgramHere connection={known.id} />}
              {known && <WhoSeesIt connection={known.id} scope={known.scope} />}
              {known && <Writing connection={known.id} />}
            </>
          )}
        </Answered>
      )}
    </Answered>
  )
}

const ConnectionCard = ({ connection: { id, active, draft, scope }, changed }: { connection: Connection; changed: () => void }) => {
  const { client, words } = useLink()
  const [busy, setBusy] = useState(false)
  const [steps, setSteps] = useState<readonly TestStepShape[]>([])
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const [deleting, setDeleting] = useState(false)
  const remove = async (): Promise<void> => {
    const reply = await client.call('deleteConnection', { params: { id } })
    setProblem('problem' in reply ? reply.problem : null)
    changed()
  }
  const { name, erp, erpCompany, description, procore, fields } = draft
  const place = fields['path'] ?? fields['url']
  const turn = async (): Promise<void> => {
    setBusy(true)
    const reply = await client.call('setActive', { params: { id }, body: { active: !active } })
    setBusy(false)
    setProblem('problem' in reply ? reply.problem : null)
    setSteps('problem' in reply || reply.value.active === !active ? [] : reply.value.steps.filter(({ state }) => state === 'wrong'))
    changed()
  }
  const act = (key: WordKey): { 'aria-label': string } => ({
    'aria-label': say(words, 'console.connection.of', { act: say(words, key), name }),
  })
  const turned: WordKey = active ? 'console.connection.stop' : 'console.connection.start'
  return (
    <li class="card">
      <h2>
        {name}{' '}
        <span class="pill" data-tone={active ? 'green' : 'gray'}>
          {say(words, active ? 'console.connection.runs' : 'console.connection.stopped')}
        </span>{' '}
        {scope && (
          <span class="pill" data-tone="gray">
            {say(words, 'console.connection.scope.some')}
          </span>
        )}{' '}
        {procore.environment !== 'production' && (
          <span class="pill" data-tone="yellow">
            {sayCode(words, 'environment', procore.environment)}
          </span>
        )}
      </h2>
      <p>{say(words, 'console.connection', { erp, erpCompany, company: procore.companyName })}</p>
      {description && <p>{description}</p>}
      {typeof place === 'string' && <small class="path">{place}</small>}
      <div class="steps">
        <a class="button small" href={`#/connections/${id}`} {...act('console.connection.change')}>
          {say(words, 'console.connection.change')}
        </a>
        <button class="button small" type="button" disabled={busy} {...act(turned)} onClick={() => void turn()}>
          {say(words, busy && !active ? 'console.connection.testing' : turned)}
        </button>
        <button
          class="button small"
          type="button"
          aria-expanded={deleting}
          {...act('console.connection.delete')}
          onClick={() => setDeleting(!deleting)}
        >
          {say(words, 'console.connection.delete')}
        </button>
      </div>
      <div role="status">
        {problem && <Problem told={problem} words={words} />}
        {steps.length > 0 && <p>{say(words, 'console.connection.refused')}</p>}
      </div>
      {steps.length > 0 && <TestSteps steps={steps} words={words} />}
      {deleting && <Deletion connection={id} remove={() => void remove()} keep={() => setDeleting(false)} />}
    </li>
  )
}
