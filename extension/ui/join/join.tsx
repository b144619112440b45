import { useEffect, useState } from 'preact/hooks'
import { Problem } from '../../../shared/ui/problem.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { moment } from '../../../shared/words/when.ts'
import { askOwn } from '../../bridge/own.ts'
import type { JoiningView, OwnCalls } from '../../bridge/own-calls.ts'
import { browserName } from '../browser-name.ts'
import './join.css'

type Joined = NonNullable<OwnCalls['joining']['output']['joined']>
type Stand = { waits: JoiningView | null; joined: Joined | null; problem: ToldProblem | null; busy: boolean }

/** `joining`: an ask that waits already, or what came of it. `changed` is told once this browser is in. */
type Props = { words: Words; joining: JoiningView | null; changed: () => void }

/** Asks to join, shows the six digits, and goes on by itself once an admin has decided. */
export function Join({ words, joining, changed }: Props) {
  const [stand, setStand] = useState<Stand>(joining?.ended ? { ...nothing, problem: joining.ended } : { ...nothing, waits: joining })
  const set = (now: Partial<Stand>): void => setStand({ ...nothing, ...now })
  const { waits, joined, problem, busy } = stand
  useWaiting(waits !== null && problem === null, (reply) => {
    if ('problem' in reply)
      return setStand((before) => ({ ...nothing, waits: lasts(reply.problem) ? before.waits : null, problem: reply.problem }))
    set(reply.value)
    if (reply.value.joined) changed()
  })
  const ask = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const address = String(new FormData(event.currentTarget as HTMLFormElement).get('ask-address') ?? '')
    set({ busy: true })
    const reply = await askOwn('askToJoin', { address, label: browserName() })
    set('problem' in reply ? { problem: reply.problem } : { waits: reply.value })
  }
  const cancel = async (): Promise<void> => {
    await askOwn('cancelJoining', {})
    set({})
  }
  return (
    <>
      {waits ? <Waits words={words} waits={waits} cancel={() => void cancel()} /> : !joined && <Ask words={words} busy={busy} ask={ask} />}
      <div role="status">
        {joined && say(words, 'join.joined', { agent: joined.agent, name: joined.name, role: sayCode(words, 'role', joined.role) })}
        {problem && (
          <Problem told={problem} words={words}>
            {waits && (
              <button class="button" type="button" onClick={() => set({ waits })}>
                {say(words, 'join.again')}
              </button>
            )}
          </Problem>
        )}
      </div>
    </>
  )
}

const nothing: Stand = { waits: null, joined: null, problem: null, busy: false }

/** The ask itself is well; only the agent was not heard. */
const lasts = ({ code }: ToldProblem): boolean => code === 'agent-unreachable'

type Heard = Awaited<ReturnType<typeof askOwn<'joining'>>>

/** Asks on, one answer after the other, for as long as the page is open and nobody has decided: each takes some seconds at the agent. */
function useWaiting(on: boolean, heard: (reply: Heard) => void): void {
  useEffect(() => {
    if (!on) return
    let gone = false
    const wait = async (): Promise<void> => {
      while (!gone) {
        const reply = await askOwn('joining', { wait: true })
        if (gone) return
        if ('problem' in reply || reply.value.waits === null) return heard(reply)
      }
    }
    void wait()
    return () => {
      gone = true
    }
  }, [on])
}

const Ask = ({ words, busy, ask }: { words: Words; busy: boolean; ask: (event: SubmitEvent) => Promise<void> }) => (
  <form class="ask" onSubmit={(event) => void ask(event)}>
    <p>{say(words, 'join.says')}</p>
    <div>
      <label for="ask-address">{say(words, 'options.address')}</label>
      <input id="ask-address" name="ask-address" required autocomplete="off" spellcheck={false} placeholder="https://erp-server:4711" />
    </div>
    <div>
      <button class="button primary" type="submit" disabled={busy}>
        {say(words, busy ? 'join.asking' : 'join.ask')}
      </button>
    </div>
  </form>
)

const Waits = ({ words, waits: { agent, digits, until }, cancel }: { words: Words; waits: JoiningView; cancel: () => void }) => (
  <div class="ask" role="status">
    <p>{say(words, 'join.digits')}</p>
    <strong class="digits">{`${digits.slice(0, 3)} ${digits.slice(3)}`}</strong>
    <p>{say(words, 'join.digits.says')}</p>
    <small>{say(words, 'join.waits', { agent, when: moment(until, words.locale, new Date()) ?? until })}</small>
    <div>
      <button class="button" type="button" onClick={cancel}>
        {say(words, 'join.cancel')}
      </button>
    </div>
  </div>
)
