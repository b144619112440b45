import { useState } from 'preact/hooks'
import { itemKey } from '../../../shared/item.ts'
import { Problem } from '../../../shared/ui/problem.tsx'
import { say } from '../../../shared/words/say.ts'
import { sayWhole, type ToldProblem } from '../../../shared/words/say-problem.ts'
import type { Reply } from '../../bridge/calls.ts'
import type { PopoverRequest } from '../popover-door.ts'
import type { Loaded } from './popover.tsx'

type Props = { loaded: Loaded; request: PopoverRequest }
type Told = ToldProblem & { next?: string; cause?: string | undefined }

/** What stands in the way: each cause, its next step, and the button that takes it. */
export const Problems = ({ loaded, request }: Props) => {
  const { details, trouble } = loaded
  const open: Told[] = details?.link.problems ?? []
  return (
    <>
      {trouble && (
        <Problem told={trouble} words={request.words} tone="gray">
          <Step told={trouble} request={request} link={null} />
        </Problem>
      )}
      {open.map((told) => (
        <Problem key={told.cause ?? told.code} told={told} words={request.words}>
          <Step told={told} request={request} link={details?.link.status.link ?? null} />
        </Problem>
      ))}
    </>
  )
}

const ofAgent: readonly string[] = ['agent-unreachable', 'another-program', 'agent-too-old']
const ofOptions: readonly string[] = ['not-paired', 'wrong-company', 'wrong-environment', 'code-wrong', 'extension-too-old']

function Step({ told, request, link }: { told: Told; request: PopoverRequest; link: string | null }) {
  const { words, ask, withCompany, item } = request
  const { code } = told
  if (ofOptions.includes(code))
    return <Take request={request} word={say(words, 'action.open-options')} act={() => ask('openOptions', {})} />
  if (ofAgent.includes(code))
    return (
      <Take request={request} word={say(words, 'action.open-agent')} act={() => withCompany((company) => ask('openAgent', { company }))} />
    )
  if (code === 'match-to-confirm' && link !== null)
    return (
      <Take
        request={request}
        word={say(words, 'action.confirm')}
        act={() => withCompany((company) => ask('confirm', { item, link, company }))}
        needsAgent
      />
    )
  return (
    <Take
      request={request}
      word={say(words, 'action.retry')}
      act={() => withCompany((company) => again(told, request, company))}
      needsAgent
    />
  )
}

/** Tries what waits behind the cause again, for this item and all others; where nothing waits, or a person must decide, both sides are looked at. */
async function again({ cause, next }: Told, { ask, item }: PopoverRequest, company: string | null): Promise<Reply<unknown>> {
  const retried = cause === undefined || next === 'ask' ? null : await ask('retry', { cause, company })
  const answered = retried !== null && ('problem' in retried || retried.value.retried > 0)
  return answered ? retried : ask('check', { item, company })
}

type TakeProps = { word: string; request: PopoverRequest; act: () => Promise<Reply<unknown>>; needsAgent?: boolean }

/**
 * Only a person's own click counts: a script of the page cannot press it. What came of it, or why it cannot be pressed now, stands beside.
 */
const Take = ({ word, request: { words, book, item }, act, needsAgent = false }: TakeProps) => {
  const [reply, setReply] = useState<Reply<unknown> | null>(null)
  const run = async (): Promise<void> => setReply(await act())
  const unreachable = needsAgent && book.get(itemKey(item))?.trouble != null
  return (
    <>
      <button class="button small" type="button" disabled={unreachable} onClick={({ isTrusted }) => isTrusted && void run()}>
        {word}
      </button>
      <small role="status">
        {unreachable && say(words, 'action.unreachable')}
        {!unreachable && reply && ('problem' in reply ? sayWhole(words, reply.problem) : say(words, 'action.started'))}
      </small>
    </>
  )
}
