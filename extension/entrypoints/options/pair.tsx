import { useState } from 'preact/hooks'
import { Problem } from '../../../shared/ui/problem.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { askOwn } from '../../bridge/own.ts'
import { browserName } from '../../ui/browser-name.ts'

type Said = { state: 'idle' | 'busy' } | { state: 'done'; agent: string } | { state: 'refused'; problem: ToldProblem }

/** Joins an agent by the code its server shows. */
export function Pair({ words, changed }: { words: Words; changed: () => void }) {
  const [said, setSaid] = useState<Said>({ state: 'idle' })
  const join = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const text = (name: string): string => String(form.get(name) ?? '')
    setSaid({ state: 'busy' })
    const reply = await askOwn('pair', { address: text('address'), code: text('code'), label: text('label') })
    setSaid('problem' in reply ? { state: 'refused', problem: reply.problem } : { state: 'done', agent: reply.value.name })
    changed()
  }
  return (
    <form class="pair" style="display: contents" onSubmit={(event) => void join(event)}>
      <p>{say(words, 'options.pair.says')}</p>
      <div class="two">
        <Field name="address" label={say(words, 'options.address')} placeholder="https://erp-server:4711" />
        <Field name="code" label={say(words, 'options.code')} class="code" />
      </div>
      <Field name="label" label={say(words, 'options.label')} value={browserName()} />
      <div>
        <button class="button primary" type="submit" disabled={said.state === 'busy'}>
          {say(words, said.state === 'busy' ? 'options.pairing' : 'options.pair.action')}
        </button>
      </div>
      <div class="said" role="status">
        {said.state === 'done' && say(words, 'options.paired', { agent: said.agent })}
        {said.state === 'refused' && <Problem told={said.problem} words={words} />}
      </div>
    </form>
  )
}

type FieldProps = { name: string; label: string; placeholder?: string; class?: string; value?: string }

const Field = ({ name, label, ...rest }: FieldProps) => (
  <div>
    <label for={name}>{label}</label>
    <input id={name} name={name} required autocomplete="off" spellcheck={false} {...rest} />
  </div>
)
