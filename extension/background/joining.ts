/** Asking to join: the ask outlives the background and the popup; whoever looks meanwhile hears how it stands. */
import browser from 'webextension-polyfill'
import { type Asking, askedToJoin, askToJoin } from '../../shared/agent-link/asking.ts'
import type { Reply } from '../../shared/agent-link/client.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import type { OwnCalls } from '../bridge/own-calls.ts'
import { wire } from './agents.ts'
import { keepAgent } from './keep-agent.ts'
import { change, read } from './storage.ts'

const ALARM = 'joining'

type JoinCalls = Pick<OwnCalls, 'askToJoin' | 'joining' | 'cancelJoining'>
type Answers = { [N in keyof JoinCalls]: (input: JoinCalls[N]['input']) => Promise<Reply<JoinCalls[N]['output']>> }
type Joining = JoinCalls['joining']['output']

/** After these there is nothing left to wait for. */
const ends: readonly string[] = ['ask-refused', 'ask-over', 'another-program', 'agent-too-old']

type Kept = Asking & { ended?: ToldProblem }

const viewOf = ({ agentName, digits, until, ended = undefined }: Kept) => ({ agent: agentName, digits, until, ended: ended ?? null })

export const joiningNow = async () => {
  const asking = await read('asking')
  return asking && viewOf(asking)
}

export const joinAnswers: Answers = {
  async askToJoin({ address, label }) {
    const reply = await askToJoin(wire, { address, label })
    if ('problem' in reply) return reply
    await change('asking', () => reply.value)
    void browser.alarms.create(ALARM, { periodInMinutes: 1 })
    return { value: viewOf(reply.value) }
  },

  joining: ({ wait }) => (wait ? waited() : stand(false)),

  async cancelJoining() {
    await change('asking', () => null)
    return { value: null }
  },
}

/** Popup and options wait for one and the same answer. */
let waiting: Promise<Reply<Joining>> | undefined
const waited = (): Promise<Reply<Joining>> => {
  waiting ??= stand(true).finally(() => {
    waiting = undefined
  })
  return waiting
}

async function stand(wait: boolean): Promise<Reply<Joining>> {
  const asking = await read('asking')
  if (asking === null || asking.ended) {
    void browser.alarms.clear(ALARM)
    return asking?.ended ? { problem: asking.ended } : { value: { waits: null, joined: null } }
  }
  const reply = await askedToJoin(wire, asking, wait)
  if ('problem' in reply) {
    if (ends.includes(reply.problem.code)) await become(asking, { ...asking, ended: reply.problem }) // whoever opens the popup next reads it
    return reply
  }
  if (reply.value === null) return { value: { waits: viewOf(asking), joined: null } }
  const { name, person } = reply.value
  if (await become(asking, null)) await keepAgent(reply.value)
  return { value: { waits: null, joined: { agent: name, name: person.name, role: person.role } } }
}

/** False, with nothing changed, where it was given up meanwhile, or another ask took its place. */
async function become(asking: Asking, next: Kept | null): Promise<boolean> {
  let still = false
  await change('asking', (now) => {
    still = now?.nonce === asking.nonce
    return still ? next : now
  })
  return still
}

/** While an ask waits and nobody has the popup open, how it stands is looked up each minute. Called synchronously at the start, as both browsers demand. */
export function watchAsk(): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) void stand(false)
  })
}
