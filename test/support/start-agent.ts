import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Logger, pino } from 'pino'
import { startAgent as start } from '../../agent/agent.ts'
import { type Ask, askAgent } from '../../agent/cli/ask-agent.ts'
import { cliKey } from '../../agent/cli/cli-key.ts'
import type { CliCommand } from '../../agent/cli/command.ts'
import { isIgnored } from '../../agent/connectors/folder/ignore.ts'
import { startWriter } from '../../agent/ledger/writer-proxy.ts'
import { agentKey } from '../../agent/settings/agent-key.ts'
import { inFolder } from '../../agent/settings/data-folder.ts'
import { placesOf } from '../../agent/settings/places.ts'
import { openSecrets } from '../../agent/settings/secrets.ts'
import { openSettings } from '../../agent/settings/settings.ts'
import type { AnswerOf } from '../../shared/api.ts'
import type { Entity, ItemRef } from '../../shared/item.ts'
import { Jwk } from '../../shared/pairing.ts'
import type { ExportFile } from '../procore/erp-exports.ts'
import { writerVariable } from './bundle-writer.ts'
import { type LedgerReading, readLedger } from './read-ledger.ts'
import { type AgentHome, type AgentSetup, type Drop, dropInto, setUpAgent } from './set-up-agent.ts'
import { tempFolder } from './temp-folder.ts'
import { type Patience, waitFor } from './wait-for.ts'

type Line = { level: number; msg: string; err?: { message: string }; where?: string } & Record<string, unknown>

/** A real agent in this process: real ledger, real server, real folder; only Procore is made. */
export type RunningAgent = {
  home: AgentHome
  ledger: LedgerReading
  /** Asks over HTTP with a proof, as the command line does. */
  ask: Ask
  url: string
  /** Everything it logged. */
  log: readonly Line[]
  /** What should never happen and did. Looked at when it is disposed of, unless `mayFault` was called. */
  faults(): Line[]
  mayFault(): void
  drop(name: string, bytes: Buffer | string, drop?: Drop): Promise<void>
  /** Drops an export that proves itself complete unless told otherwise. */
  export(file: ExportFile, entity: Entity, complete?: boolean): Promise<void>
  writing(entity: Entity, how: 'on' | 'create' | 'off'): Promise<void>
  status(items: readonly ItemRef[]): Promise<AnswerOf<'status'>>
  /** Waits until a condition holds; a failure shows links, changes, problems and the end of the log. */
  until<T>(what: string, holds: () => T | Promise<T>, patience?: Patience): Promise<Exclude<T, false | null | undefined>>
  /** Everything dropped was taken (or set aside), everything was read, nothing waits to be sent. */
  atRest(patience?: Patience): Promise<void>
  /** Asks Procore now, as “Sync now” does, and waits until it answered. */
  askProcore(): Promise<void>
  /** Runs a command of the command line against it, in this process; answers what it said and its exit code. */
  cli(
    command: CliCommand,
    words?: string[],
    values?: Record<string, string | boolean>,
  ): Promise<{ code: number; said: string[]; result: unknown }>
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Between two steps of one thing (a list is read, then what waited for it is let go) the agent may seem to rest. */
const looksAtRest = 5

/** An agent made and started in a folder of its own; `await using` stops it and takes the folder away. */
export async function startAgent(setup: AgentSetup): Promise<RunningAgent> {
  const folder = await tempFolder('flow')
  const home = await setUpAgent(folder.path, setup)
  const agent = await startAgentAt(home)
  return { ...agent, [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose]().finally(() => folder[Symbol.asyncDispose]()) }
}

/** Starts the agent of a home that is there already: a second start after a stop; with another version's writer, if one is given. */
export async function startAgentAt(home: AgentHome, writerEntry?: URL): Promise<RunningAgent> {
  const settings = await openSettings(home.data)
  if (!settings) throw new Error(`There is no agent in ${home.data}.`)
  const secrets = await openSecrets(home.data, settings.data.credentials)
  const stop = new AbortController()
  const log: Line[] = []
  const logger: Logger = pino({ level: 'info', base: null }, { write: (line: string) => void log.push(JSON.parse(line) as Line) })
  const places = await placesOf(home.data, settings.data, secrets, Date.now())
  const path = inFolder(home.data, settings.data.ledger)
  const entry = writerEntry ?? bundledWriter()
  const writer = await startWriter({ path, ...(entry && { entry }) })
  const agent = await start({
    folder: home.data,
    settings: settings.data,
    secrets,
    log: logger,
    places,
    writer,
    signal: stop.signal,
    keepsMemory: true,
  })
  await agent.ready
  const [url = ''] = agent.urls
  if (settings.data.listen.port === 0)
    await settings.change((data) => {
      data.listen.port = Number(new URL(url).port)
    })
  const { kty, crv, x, y } = await agentKey(secrets)
  const ask = askAgent({ url, key: await cliKey(home.data), agent: Jwk.parse({ kty, crv, x, y }) })
  const ledger = readLedger(home.ledger)
  let faultsAreFine = false

  const faults = () => log.filter(({ level }) => level >= 50)
  const until: RunningAgent['until'] = (what, holds, patience = {}) =>
    waitFor(what, holds, {
      shows: () => ({ ...standing(ledger), log: log.slice(-12).map(({ level: _level, time: _time, ...line }) => JSON.stringify(line)) }),
      ...patience,
    })
  const dispose = async () => {
    stop.abort()
    await agent.stopped
    ledger.close()
    if (!faultsAreFine && faults().length > 0) throw new Error(`The agent logged faults: ${JSON.stringify(faults(), null, 1)}`)
  }
  return {
    ...{ home, ledger, ask, url, log, faults, until },
    mayFault() {
      faultsAreFine = true
    },
    drop: (name, bytes, drop) => dropInto(home, name, bytes, drop),
    export: (file, entity, complete = true) => dropInto(home, file.name, file.bytes, complete ? { rows: file.rows, entity } : {}),
    async writing(entity, how) {
      await ask('setWriting', { params: { id: '1' }, body: { entity, writing: how !== 'off', creating: how === 'create' } })
    },
    status: (items) => ask('status', { body: { company: null, items: [...items] } }),
    async atRest(patience) {
      let restful = 0
      const look = () => {
        restful = untaken(home, ledger) === null && ledger.unrest() === null ? restful + 1 : 0
        return restful === looksAtRest
      }
      await until('the agent is at rest', look, patience)
    },
    async askProcore() {
      const { run } = await ask('runNow', { params: { id: '1:procore' }, body: {} })
      await until('Procore was asked', async () => (await ask('run', { params: { id: run } })).run.endedAt !== null)
    },
    async cli(command, words = [], values = {}) {
      const said: string[] = []
      const results: unknown[] = []
      const out = { json: false, say: (line: string) => void said.push(line), result: (value: unknown) => void results.push(value) }
      const code = await command.run({ folder: home.data, values, words, out, prompt: null, now: Date.now })
      return { code, said, result: results.at(-1) }
    },
    stop: dispose,
    [Symbol.asyncDispose]: dispose,
  }
}

/** As this run of the tests has bundled it. */
function bundledWriter(): URL | undefined {
  const path = process.env[writerVariable]
  return path === undefined ? undefined : pathToFileURL(path)
}

const standing = (ledger: LedgerReading) => ({
  unrest: ledger.unrest(),
  files: ledger.files().map(({ name, state }) => `${name}: ${state}`),
  outbox: ledger.outbox().slice(0, 20),
  problems: ledger.problems().slice(0, 20),
})

/** The first file of the folder whose present content the ledger has not met; null when there is none. */
export function untaken({ exports }: AgentHome, ledger: LedgerReading): string | null {
  const met = new Set(
    ledger.rows("select sha256 from export_files where state not in ('reading', 'dropped')").map((row) => String(row['sha256'])),
  )
  return exportsIn(exports).find((name) => !met.has(hashOf(join(exports, name)))) ?? null
}

const exportsIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isFile() && !isIgnored(one.name) ? [one.name] : []))

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
