import { Problem } from '../../../shared/ui/problem.tsx'
import { say } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import type { PopoverRequest } from '../popover-door.ts'
import type { Loaded } from './popover.tsx'

type Props = { loaded: Loaded; request: PopoverRequest }

/** What stands in the way: each cause, its next step, and the button that takes it. */
export const Problems = ({ loaded, request }: Props) => {
  const { details, trouble } = loaded
  const open: ToldProblem[] = details?.link.problems ?? []
  return (
    <>
      {trouble && (
        <Problem told={trouble} words={request.words} tone="gray">
          <Step told={trouble} request={request} link={null} />
        </Problem>
      )}
      {open.map((told) => (
        <Problem key={told.code} told={told} words={request.words}>
          <Step told={told} request={request} link={details?.link.status.link ?? null} />
        </Problem>
      ))}
    </>
  )
}

const ofAgent: readonly string[] = ['agent-unreachable', 'another-program', 'agent-too-old']
const ofOptions: readonly string[] = ['not-paired', 'wrong-company', 'code-wrong', 'extension-too-old']

function Step({ told, request, link }: { told: ToldProblem; request: PopoverRequest; link: string | null }) {
  const { words, ask, withCompany, item } = request
  const { code } = told
  if (ofOptions.includes(code)) return <Take word={say(words, 'action.open-options')} act={() => ask('openOptions', {})} />
  if (ofAgent.includes(code))
    return <Take word={say(words, 'action.open-agent')} act={() => withCompany((company) => ask('openAgent', { company }))} />
  if (code === 'match-to-confirm' && link !== null)
    return <Take word={say(words, 'action.confirm')} act={() => withCompany((company) => ask('confirm', { item, link, company }))} />
  return <Take word={say(words, 'action.retry')} act={() => withCompany((company) => ask('check', { item, company }))} />
}

/** Only a person's own click counts: a script of the page cannot press it. */
const Take = ({ word, act }: { word: string; act: () => Promise<unknown> }) => (
  <button class="button small" type="button" onClick={({ isTrusted }) => isTrusted && void act()}>
    {word}
  </button>
)
