import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as moment } from 'node:timers/promises'
import type { Stage } from '../procore/request-log.ts'
import type { StandIn } from '../procore/stand-in.ts'
import type { AgentProcess } from '../support/agent-process.ts'
import type { LedgerReading } from '../support/read-ledger.ts'
import type { AgentHome } from '../support/set-up-agent.ts'

/** What a kill point can see: all of it from outside the agent. */
export type Scene = { standIn: StandIn; home: AgentHome; ledger: LedgerReading; agent: AgentProcess }

/** A named moment at which the agent is killed. */
export type KillPoint = {
  kind: string
  /** 1: first delivery of everything; 2: delivery of what changed. */
  phase: 1 | 2
  /** Calls `strike` when the moment has come; gives up by the signal. */
  watch(scene: Scene, strike: () => Promise<void>, signal: AbortSignal): Promise<void>
}

/** The nth fitting request (from when the watch begins) reaches a stage; it stands there until the agent is dead. */
export const atRequest = (
  kind: string,
  stage: Stage,
  path: RegExp,
  { phase = 1, nth = 1 }: { phase?: 1 | 2; nth?: number } = {},
): KillPoint => ({
  kind: `${kind}, ${stage}`,
  phase,
  async watch({ standIn }, strike, signal) {
    let seen = 0
    const off = standIn.onRequest(async (at, request) => {
      if (at !== stage || signal.aborted || !path.test(`${request.method} ${request.path}`)) return
      seen += 1
      if (seen === nth) await strike()
    })
    signal.addEventListener('abort', off, { once: true })
  },
})

/** Something is so in the ledger or in a folder; looked at as often as a process beside the agent can. */
const when = (kind: string, holds: (scene: Scene) => boolean, phase: 1 | 2 = 1): KillPoint => ({
  kind,
  phase,
  async watch(scene, strike, signal) {
    while (!signal.aborted) {
      if (holds(scene)) return strike()
      await moment(1)
    }
  },
})

const has =
  (sql: string, least = 1) =>
  ({ ledger }: Scene) =>
    ledger.rows(sql).length >= least

export const atSeal = (nth: number, phase: 1 | 2 = 1): KillPoint =>
  when(`seal ${nth} is in the ledger`, has('select 1 from takes where sealed_at is not null', nth), phase)

const filed = ({ exports }: AgentHome): number => (existsSync(join(exports, 'done')) ? readdirSync(join(exports, 'done')).length : 0)
export const atFiled = (nth: number, phase: 1 | 2 = 1): KillPoint =>
  when(`file ${nth} lies in done`, ({ home }) => filed(home) >= nth, phase)

export const whileResting = when('a file rests before it is taken', has("select 1 from events where kind = 'file-seen'"))

export const whileSpooling = when('a file is being copied', ({ home }) => {
  const spool = join(home.data, 'spool', '1')
  return existsSync(spool) && readdirSync(spool).some((name) => name.endsWith('.part'))
})

export const whileTaking = when('a take is open', has('select 1 from takes where sealed_at is null'))
export const whileTakingRows = when(
  'a take is open and holds rows',
  has('select 1 from takes t join records r on r.take = t.id where t.sealed_at is null limit 1'),
)

export const atClaim = (phase: 1 | 2 = 1): KillPoint =>
  when('changes are marked as being sent', has('select 1 from outbox where state = 1 limit 1'), phase)
export const atProgress = (phase: 1 | 2 = 1): KillPoint =>
  when('how far a change has come is stored', has('select 1 from outbox where state = 1 and sent is not null limit 1'), phase)
export const atFreed = when(
  'a frozen cost is about to be freed',
  has(`select 1 from outbox where state = 1 and json_extract(sent, '$.freed') limit 1`),
  2,
)
export const atConfirmed = (least: number, phase: 1 | 2 = 1): KillPoint =>
  when(`${least} changes are confirmed`, has('select 1 from outbox where state = 5', least), phase)
export const atItems = (least: number): KillPoint => when(`${least} items of Procore are known`, has('select 1 from items', least))
export const atPolls = (least: number): KillPoint => when(`${least} lists have been read`, has('select 1 from polls', least))
export const atLinks = (least: number): KillPoint => when(`${least} links agree`, has('select 1 from links where state = 5', least))

export const atAsked = when('unlinks are in the ledger', has('select 1 from unlink_entries'))
export const atUnlinked = (least: number): KillPoint =>
  when(`${least} unlinks of a batch have ended`, has('select 1 from unlink_entries where state > 1', least))

const atWord = (msg: string): KillPoint => ({
  kind: `the agent says “${msg}”`,
  phase: 1,
  async watch({ agent }, strike) {
    await agent.said(msg).then(strike, () => undefined) // ended otherwise: not reached
  },
})
export const whenListening = atWord('listening')
export const whenReady = atWord('ready')
