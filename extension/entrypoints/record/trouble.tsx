import { useState } from 'preact/hooks'
import browser from 'webextension-polyfill'
import { Problem } from '../../../shared/ui/problem.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { askOwn } from '../../bridge/own.ts'
import type { RecordAt } from '../../bridge/own-pages.ts'

/** How an agent says that there is none, or none for this person (agent/server/refusal.ts). */
export const notHere: ToldProblem = { code: 'no-such-link' }
/** Agents before this one named it by the reason of a refusal. */
const isNotHere = ({ code, params }: ToldProblem): boolean =>
  code === notHere.code || (code === 'request-refused' && params?.['reason'] === 'no such link')

const ofAgent: readonly string[] = ['agent-unreachable', 'another-program', 'agent-too-old']
const ofOptions: readonly string[] = ['not-paired', 'extension-too-old']

type Props = { told: ToldProblem; at: RecordAt | null; words: Words; again: () => Promise<void> }

/** Why nothing is shown, and what to do: try again, look at the agent, or pair with it. */
export function Trouble({ told, at, words, again }: Props) {
  const [asking, setAsking] = useState(false)
  const retry = async (): Promise<void> => {
    setAsking(true)
    await again()
    setAsking(false)
  }
  if (isNotHere(told))
    return (
      <div class="problem" data-tone="gray" data-code="not-here" role="alert">
        <p class="says">{say(words, 'history.unknown')}</p>
        <p class="next">{say(words, 'history.unknown.next')}</p>
      </div>
    )
  return (
    <div role="alert">
      <Problem told={told} words={words}>
        <button class="button" type="button" disabled={asking} onClick={() => void retry()}>
          {say(words, asking ? 'popover.loading' : 'action.retry')}
        </button>
        {at && ofAgent.includes(told.code) && (
          <button class="button" type="button" onClick={() => void askOwn('openAgent', { id: at.agent })}>
            {say(words, 'action.open-agent')}
          </button>
        )}
        {ofOptions.includes(told.code) && (
          <button class="button" type="button" onClick={() => void browser.runtime.openOptionsPage()}>
            {say(words, 'action.open-options')}
          </button>
        )}
      </Problem>
    </div>
  )
}
