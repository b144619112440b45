import type { RouteName } from '../../shared/api.ts'
import { problem } from '../../shared/problem.ts'
import { kinds } from '../items/index.ts'
import { ledgerCommands } from '../ledger/commands.ts'
import { openWriting } from '../ledger/open.ts'
import { openReader } from '../ledger/reader.ts'
import { turns } from '../ledger/turns.ts'
import { wouldWrite } from '../ledger/would-write.ts'
import { matchAnswers } from '../match/answers.ts'
import { placesOf } from '../outbox/place.ts'
import type { Agent, Caller } from '../server/agent.ts'
import { serverCommands } from '../server/commands.ts'
import { createEvents } from '../server/events.ts'
import { createKeys } from '../server/keys.ts'
import { questionHandlers } from '../server/questions.ts'
import { details, Refusal } from '../server/refusal.ts'
import { createStatus } from '../server/status.ts'
import { snapshotSaid } from '../unlink/snapshot.ts'
import { version } from '../version.ts'
import { type Ask, Refused } from './ask-agent.ts'
import type { CliKey } from './cli-key.ts'

/** `call` runs any command of the ledger or the server, as the writer would. */
export type QuietAgent = {
  agent: Agent
  ask: Ask
  call: <N extends keyof Commands>(name: N, input: Parameters<Commands[N]>[1]) => Promise<Awaited<ReturnType<Commands[N]>>>
  close(): void
}
type Commands = typeof commands

const commands = { ...serverCommands, ...ledgerCommands(kinds) }

const notRunning = { refused: problem('request-refused', { reason: 'not-running' }) }

/** Opens the ledger itself, while no agent runs: answers the same questions, and refuses what needs a running one. */
export async function openQuietAgent(path: string, name: string, key: CliKey): Promise<QuietAgent> {
  const raw = await openWriting(path)
  const transact = turns({ raw, now: Date.now, onEvents: () => {} })
  const reader = openReader(path)
  const call: QuietAgent['call'] = (name, input) => transact((tx) => (commands[name] as (tx: unknown, input: unknown) => never)(tx, input))
  const agent: Agent = {
    ...matchAnswers({ raw: reader.raw, kinds, now: Date.now, confirm: (input) => call('confirmMatches', input) }),
    setUp: async () => {
      throw new Refusal(409, notRunning.refused)
    },
    plans: async () => {
      throw new Refusal(409, notRunning.refused)
    },
    handOvers: async () => {
      throw new Refusal(409, notRunning.refused)
    },
    columns: async () => {
      const { createColumns } = await import('../mapping/columns.ts')
      return createColumns({ raw: reader.raw, setSettings: (input) => call('setSettings', input) })
    },
    mappings: async () => {
      const { createMappings } = await import('../mapping/mappings.ts')
      return createMappings({ reader, save: (input) => call('saveMapping', input), back: (input) => call('mappingBack', input) })
    },
    name,
    version,
    now: Date.now,
    reader,
    write: (name, input) => call(name, input as never) as never,
    onEvents: () => () => {},
    listOf: () => null,
    lateSince: () => null,
    fieldsOf: (entity) => kinds[entity as keyof typeof kinds]?.fields ?? [],
    wouldWrite: (run, may) => wouldWrite(reader.raw, kinds, run, may),
    places: () => placesOf(reader.raw, kinds),
    figures: async () => [],
    forecast: async () => null,
    readFirst: async () => ({ reading: false, forecast: null }),
    evidence: async (ask, language, { name: by }) => {
      const { evidenceIn } = await import('../evidence/in-language.ts')
      return evidenceIn(language, reader.raw, kinds, ask, { at: Date.now(), by, agent: name, version })
    },
    hearAgain: async () => undefined,
    lookAtPeople: async () => false,
    recovery: async () => {
      throw new Refusal(409, notRunning.refused)
    },
    upkeep: async () => {
      throw new Refusal(409, notRunning.refused)
    },
    lookUpPeople: async () => ({ people: [], more: false, seen: false }),
    why: async ({ action }) => ({ action, chain: [] }),
    unlink: async () => ({ asked: 'refused', forecast: null }),
    unlinks: async () => {
      throw new Refusal(409, notRunning.refused)
    },
    readyUnlinks: () => ({ links: [], more: 0 }),
    relink: async () => ({ asked: 'refused', why: null }),
    undo: () => null,
    watch: async () => ({ watch: null, forecast: null }),
    unwatch: async () => ({ cancelled: false }),
    watchOn: () => null,
    snapshot: (record) => snapshotSaid(reader.raw, record),
    onScreen: () => {},
    resync: async () => notRunning,
    confirmMatch: async () => notRunning,
    retry: async () => notRunning,
    scheduleEntries: async () => [],
    runNow: async () => notRunning,
    nextRun: () => null,
    waiting: () => ['start'],
  }
  const handlers = questionHandlers({ agent, status: createStatus(agent), events: createEvents(reader) })
  const caller = () => createKeys(reader).find(key.thumbprint) ?? nobody
  const ask = async (route: RouteName, { params = {}, query, body }: Record<string, unknown> = {}) => {
    const handler = (handlers as Record<string, (call: unknown) => unknown>)[route]
    if (!handler) throw new Refused('request-refused', 'The agent does not run. Start it with “tieback start”.')
    return Promise.resolve(
      handler({ params, query: query ?? {}, body: body ?? {}, caller: caller(), address: null, origin: undefined, proof: null }),
    ).catch(refuse)
  }
  return {
    agent,
    ask: ask as Ask,
    call,
    close() {
      reader.close()
      raw.close()
    },
  }
}

/** Before anybody is known, whoever may write the data folder is its administrator. */
const nobody: Caller = { person: 0, name: 'command line', email: '', role: 'admin', scope: null, shut: new Map(), key: 0, origin: 'cli' }

function refuse(error: unknown): never {
  if (!(error instanceof Refusal)) throw error
  const { detail } = JSON.parse(details(error.status, error.problem)) as { detail: string }
  throw new Refused(error.problem.code, detail)
}
