/** What a sheet's code opens: a page for the Procore admin, who has no account here, to hand client id and secret in. */
import { render } from 'preact'
import { useState } from 'preact/hooks'
import type { Wire } from '../../shared/agent-link/exchange.ts'
import { askBySheet, readSheetCode, type SheetCode, sheetCode } from '../../shared/agent-link/handing-in.ts'
import { type BrowserKey, openKey } from '../../shared/agent-link/key.ts'
import type { AnswerOf } from '../../shared/api.ts'
import { Problem } from '../../shared/ui/problem.tsx'
import type { Words } from '../../shared/words/languages.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { dated } from '../../shared/words/when.ts'

const limitMs = 20_000

/** A key for these calls alone: nothing of them stays in this browser. */
function wireOnce(): Wire {
  let key: Promise<BrowserKey> | null = null
  const store = { read: async () => undefined, write: async () => undefined }
  return { fetch: (url, init) => fetch(url, init), limitMs, key: () => (key ??= openKey(store)) }
}

/** The code of a link `…/console/#hand-in=7-CODE`; taken out of the address at once, so that it stays in no history. */
function codeInAddress(): string {
  const code = /^#hand-in=([\w-]{1,40})$/.exec(location.hash)?.[1] ?? ''
  history.replaceState(null, '', `${location.pathname}#hand-in`)
  return code
}

export function showHandIn(root: HTMLElement, words: Words): void {
  document.title = say(words, 'hand-in.title')
  const wire = wireOnce()
  const call = { wire, address: location.origin }
  render(<HandIn words={words} typed={codeInAddress()} call={call} />, root)
}

type Call = { wire: Wire; address: string }
type Wanted = AnswerOf<'lookHandOver'>
type Props = { words: Words; typed: string; call: Call }

const HandIn = ({ words, typed, call: { wire, address } }: Props) => {
  const [text, setText] = useState(typed)
  const [found, setFound] = useState<{ sheet: SheetCode; wanted: Wanted } | null>(null)
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const [arrived, setArrived] = useState(false)

  const doing = async (work: () => Promise<ToldProblem | null>): Promise<void> => {
    setBusy(true)
    setProblem(await work())
    setBusy(false)
  }
  const look = (event: SubmitEvent): void => {
    event.preventDefault()
    void doing(async () => {
      const sheet = readSheetCode(text)
      if (sheet === null) return { code: 'hand-over-code' }
      const reply = await askBySheet(wire, 'lookHandOver', { address, id: sheet.id, body: { code: sheet.code } })
      if ('problem' in reply) return reply.problem
      setFound({ sheet, wanted: reply.value })
      setText(sheetCode(sheet))
      return null
    })
  }
  const handIn = (event: SubmitEvent, { id, code }: SheetCode): void => {
    event.preventDefault()
    const said = new FormData(event.currentTarget as HTMLFormElement)
    const typedIn = (name: string): string => String(said.get(name) ?? '').trim()
    void doing(async () => {
      const body = { code, clientId: typedIn('clientId'), secret: typedIn('secret') }
      const reply = await askBySheet(wire, 'handIn', { address, id, body })
      if ('problem' in reply) return reply.problem
      setArrived(true)
      return null
    })
  }
  return (
    <main class="join hand-in">
      <h1>{say(words, 'hand-in.title')}</h1>
      {!arrived && found === null && (
        <form onSubmit={look}>
          <label for="code">{say(words, 'hand-in.code')}</label>
          <input
            id="code"
            class="code"
            required
            autocomplete="off"
            spellcheck={false}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
          <button class="button primary" type="submit" disabled={busy}>
            {say(words, 'hand-in.next')}
          </button>
        </form>
      )}
      {!arrived && found !== null && (
        <form onSubmit={(event) => handIn(event, found.sheet)}>
          <p>{whatFor(found.wanted, words)}</p>
          <label for="clientId">{say(words, 'set-up-field.clientId')}</label>
          <input id="clientId" name="clientId" required maxLength={254} autocomplete="off" spellcheck={false} />
          <label for="secret">{say(words, 'set-up-field.secret')}</label>
          <input id="secret" name="secret" type="password" required maxLength={1023} autocomplete="off" aria-describedby="secret-says" />
          <small id="secret-says">{say(words, 'hand-in.says')}</small>
          <button class="button primary" type="submit" disabled={busy}>
            {say(words, 'hand-in.do')}
          </button>
        </form>
      )}
      <div role="status">
        {problem && <Problem told={problem} words={words} />}
        {arrived && <p>{say(words, 'hand-in.done')}</p>}
      </div>
    </main>
  )
}

const whatFor = ({ agent, name, company, companyName, environment, until }: Wanted, words: Words): string =>
  say(words, 'hand-in.for', {
    ...{ agent, name, company, companyName, environment: sayCode(words, 'environment', environment) },
    when: dated(until, words.locale),
  })
