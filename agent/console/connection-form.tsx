import { useRef, useState } from 'preact/hooks'
import type { HandOverShape } from '../../shared/api/hand-overs.ts'
import type { AskedDraft, ConnectionDraft, ConnectorFieldShape, TestStepShape } from '../../shared/api/set-up.ts'
import { Problem } from '../../shared/ui/problem.tsx'
import { say } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { useLink } from './link.ts'
import { draftOf, firstValues, formFields, valuesOf, withConnector } from './set-up-draft.ts'
import { SetUpField, type Values } from './set-up-fields.tsx'
import type { Made, Sheet } from './sheet.tsx'
import { TestSteps } from './test-steps.tsx'
import { howItStands, Withdraw } from './with-procore-admin.tsx'

type Connector = { id: string; fields: ConnectorFieldShape[] }
type Props = {
  connectors: readonly Connector[]
  /** The connection that is changed; null for a new one. */
  known: { id: string; draft: ConnectionDraft } | null
  /** What stands in a new one: it was begun, and a sheet is with the Procore admin. */
  begun: AskedDraft | null
  /** The sheet that is out for it, if there is one. */
  sheet: HandOverShape | null
  sheetMade: (id: string) => void
  sheetsMoved: () => void
  saved: () => void
}
type Shown = { made: Made; draft: AskedDraft; Page: typeof Sheet }

/** What a sheet says, and has to be filled in before there is one. */
const saidOnSheet = ['name', 'erp', 'erpCompany', 'company', 'companyName', 'apiBase', 'loginBase']
type Tested = { mark: string; steps: readonly TestStepShape[] }

/** A connection's settings. Save opens once exactly these passed their test, and closes again with the next letter that is changed. */
export function ConnectionForm({ connectors, known, begun, sheet, sheetMade, sheetsMoved, saved }: Props) {
  const { client, words } = useLink()
  const form = useRef<HTMLFormElement>(null)
  const fieldsOf = (connector: unknown): readonly ConnectorFieldShape[] => connectors.find(({ id }) => id === connector)?.fields ?? []
  const [values, setValues] = useState<Values>(() => {
    const there = known?.draft ?? begun
    const connector = there?.connector ?? connectors[0]?.id ?? ''
    return there ? valuesOf(there, fieldsOf(connector)) : firstValues(connector, fieldsOf(connector))
  })
  const [tested, setTested] = useState<Tested | null>(null)
  const [testing, setTesting] = useState(false)
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const [shown, setShown] = useState<Shown | null>(null)

  const own = fieldsOf(values['connector'])
  const arrived = sheet?.state === 'arrived' ? sheet : null
  const draft = draftOf(values, own, arrived?.id ?? null)
  const mark = JSON.stringify(draft)
  const steps = tested?.mark === mark ? tested.steps : null
  const passed = steps?.every(({ state }) => state !== 'wrong') ?? false
  const fields = formFields({
    connectors: connectors.map(({ id }) => id),
    own,
    environment: String(values['environment']),
    known: known !== null,
    arrived: arrived !== null,
  })

  const test = async (): Promise<void> => {
    if (form.current?.reportValidity() !== true) return
    setTesting(true)
    const reply = await client.call('testConnection', { body: { draft, ...(known ? { id: known.id } : {}) } })
    setTesting(false)
    setProblem('problem' in reply ? reply.problem : null)
    setTested('problem' in reply ? null : { mark, steps: reply.value.steps })
  }
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const body = { draft }
    const reply = await (known
      ? client.call('changeConnection', { params: { id: known.id }, body })
      : client.call('addConnection', { body }))
    if ('problem' in reply) return setProblem(reply.problem)
    saved()
  }
  const ask = async (): Promise<void> => {
    const isSaid = (name: string): boolean => form.current?.querySelector<HTMLInputElement>(`#set-up-${name}`)?.reportValidity() ?? true
    if (!saidOnSheet.every(isSaid)) return
    const wanted = draftOf(values, own, null)
    const reply = await client.call('makeHandOver', { body: { draft: wanted, ...(known ? { id: known.id } : {}) } })
    if ('problem' in reply) return setProblem(reply.problem)
    setProblem(null)
    setShown({ made: reply.value, draft: wanted, Page: (await import('./sheet.tsx')).Sheet })
    sheetMade(reply.value.id)
  }
  const group = (title: string, of: readonly ConnectorFieldShape[]) => (
    <fieldset class="fields">
      <legend>{title}</legend>
      {of.map((field) => (
        <SetUpField
          key={field.name}
          field={field}
          value={values[field.name]}
          change={(value) =>
            setValues(field.name === 'connector' ? withConnector(values, value, fieldsOf(value)) : { ...values, [field.name]: value })
          }
          words={words}
          tip={field.type === 'secret' && known ? say(words, 'console.connection.secret.kept') : undefined}
        />
      ))}
    </fieldset>
  )
  if (shown) return <shown.Page made={shown.made} draft={shown.draft} back={() => setShown(null)} />
  return (
    <form class="card set-up" ref={form} onSubmit={(event) => void save(event)}>
      <h2>{known ? known.draft.name : say(words, 'console.connection.new')}</h2>
      {group(say(words, 'console.connection.erp'), fields.erp)}
      {group(say(words, 'console.connection.procore'), fields.procore)}
      <div class="procore-admin" data-state={sheet?.state}>
        <p role="status">{sheet ? howItStands(sheet, words) : <small>{say(words, 'sheet.makes')}</small>}</p>
        {!arrived && (
          <button class="button small" type="button" onClick={() => void ask()}>
            {say(words, 'sheet.make')}
          </button>
        )}
        {sheet && <Withdraw sheet={sheet} changed={sheetsMoved} />}
      </div>
      <div class="steps">
        <button class="button" type="button" disabled={testing} onClick={() => void test()}>
          {say(words, testing ? 'console.connection.testing' : 'console.connection.test')}
        </button>
        <button class="button primary" type="submit" disabled={!passed} aria-describedby={passed ? undefined : 'why-not-saved'}>
          {say(words, 'console.connection.save')}
        </button>
        <a href="#/connections">{say(words, 'console.connections.all')}</a>
      </div>
      {!passed && <small id="why-not-saved">{say(words, 'console.connection.why')}</small>}
      <div role="status">
        {problem && <Problem told={problem} words={words} />}
        {steps && (
          <p>
            <strong>{say(words, passed ? 'console.connection.passed' : 'console.connection.failed')}</strong>
          </p>
        )}
      </div>
      {steps && <TestSteps steps={steps} words={words} />}
    </form>
  )
}
