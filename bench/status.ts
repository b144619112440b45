/** What a screenful of badges costs: 500 random items out of a million links, from the bundled agent, against a bare route. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { calculateJwkThumbprint } from 'jose'
import { openWriting } from '../agent/ledger/open.ts'
import { turns } from '../agent/ledger/turns.ts'
import { serverCommands } from '../agent/server/commands.ts'
import { random } from '../test/procore/random.ts'
import { absoluteLine, type Bench, type Line, median, percentile, ratioLine } from './bench.ts'
import { filledId, filledProject, filledType, fillLedger } from './fill-ledger.ts'
import { makeJcExport } from './make-jc-export.ts'
import { ask, type Key, load, type Target } from './status-load.ts'

const links = 1_000_000
const items = 500
const rounds = 6
const perRound = 250
const takenRows = 300_000
const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'
const program = join(import.meta.dirname, '..', 'build', 'agent', 'tieback.js')

export const status: Bench = {
  name: 'status',
  async *run() {
    const folder = await mkdtemp(join(tmpdir(), 'bench-status-'))
    const children: ChildProcess[] = []
    try {
      yield* statusIn(folder, children)
    } finally {
      await Promise.all(children.map(ended))
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function* statusIn(folder: string, children: ChildProcess[]): AsyncGenerator<Line> {
  const { target: ours, pid } = await startAgent(folder, children)
  const chance = random(7)
  const ref = (n: number) => ({ type: filledType, id: filledId(n), project: filledProject(n) })
  const bodyOf = () => JSON.stringify({ company: '7', items: Array.from({ length: items }, () => ref(chance.whole(0, links - 1))) })
  const one = await firstAnswer(ours, bodyOf())
  const reference = await startReference(folder, ours.key, one, children)
  await firstAnswer(reference.target, bodyOf())

  const idle: number[] = []
  const p99s: number[] = []
  const cpu: { ours: number[]; bare: number[] } = { ours: [], bare: [] }
  const round = async (target: Target, of: number) => {
    const bodies = Array.from({ length: perRound }, bodyOf)
    const before = cpuMs(of)
    const times = await load(target, bodies, (asked) => asked < perRound)
    return { times, perCall: (cpuMs(of) - before) / perRound }
  }
  await round(ours, pid) // warm-up, both
  await round(reference.target, reference.pid)
  for (let n = 0; n < rounds; n += 1) {
    const mine = await round(ours, pid)
    const bare = await round(reference.target, reference.pid)
    idle.push(...mine.times)
    p99s.push(percentile(mine.times, 0.99))
    cpu.ours.push(mine.perCall)
    cpu.bare.push(bare.perCall)
  }
  const detail = { links, items, connections: 4, perSecond: 50, calls: idle.length, p50: percentile(idle, 0.5), answerBytes: one.length }
  const p99 = median(p99s)
  yield absoluteLine('status/p99', 'ms', p99, 15, { ...detail, rounds: p99s, ofAllCalls: percentile(idle, 0.99) })
  yield ratioLine('status/bare-hono', 'ms', median(cpu.ours), median(cpu.bare), 4, { ...detail, cpu: true, ours: cpu.ours, bare: cpu.bare })
  yield absoluteLine('status/rss', 'MB', peakMb(pid), 200, detail)

  const during = await duringTake(folder, ours, Array.from({ length: perRound }, bodyOf))
  const worst = Math.max(...during)
  const line = ratioLine('status/p99-during-take', 'ms', percentile(during, 0.99), p99, 2, {
    rows: takenRows,
    calls: during.length,
    worst,
    p50: percentile(during, 0.5),
  })
  yield { ...line, ok: line.ok && worst <= 100 }
}

/** The agent as it is shipped, set up by its own command, over a ledger of a million links. */
async function startAgent(folder: string, children: ChildProcess[]): Promise<{ target: Target; pid: number }> {
  const port = await freePort()
  const exportsFolder = join(folder, 'exports')
  mkdirSync(exportsFolder)
  const nowhere = `http://127.0.0.1:${await freePort()}`
  const said = {
    name: 'Bench',
    'erp-company': 'Bench',
    folder: exportsFolder,
    'procore-company': '7',
    'procore-name': 'Bench',
    environment: 'custom',
    'api-base': nowhere,
    'login-base': nowhere,
    'client-id': 'x',
    'client-secret': 'x',
    'admin-name': 'Bench',
    'admin-email': 'bench@example.com',
    port: String(port),
  }
  const home = join(folder, 'agent')
  const flags = Object.entries(said).flatMap(([name, value]) => [`--${name}`, value])
  await promisify(execFile)(process.execPath, [program, 'init', '--data', home, ...flags])
  const ledger = join(home, 'ledger.db')
  fillLedger(ledger, { connection: 1, links, now: Date.now() })
  const key = await pairedKey(ledger)
  const child = spawn(process.execPath, [program, 'start', '--data', home], { stdio: ['ignore', 'ignore', 'inherit'] })
  children.push(child)
  const url = `http://127.0.0.1:${port}`
  await whenReady(url)
  return { target: { url, key, nonce: '' }, pid: child.pid ?? 0 }
}

/** A browser's key, put into the ledger as pairing would; the rest of pairing is not measured here. */
async function pairedKey(ledger: string): Promise<Key> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' }) as { kty: 'EC'; crv: 'P-256'; x: string; y: string }
  const jwk = { kty, crv, x, y }
  const raw = await openWriting(ledger)
  const transact = turns({ raw, now: Date.now, onEvents: () => {} })
  const thumbprint = await calculateJwkThumbprint(jwk)
  await transact((tx) => serverCommands.addKey(tx, { person: 1, key: { jwk, thumbprint, origin, label: 'bench' } }))
  raw.close()
  return { secret: privateKey, jwk, origin }
}

async function startReference(
  folder: string,
  key: Key,
  answer: string,
  children: ChildProcess[],
): Promise<{ target: Target; pid: number }> {
  const file = join(folder, 'answer.json')
  await writeFile(file, answer)
  const child = spawn(process.execPath, [join(import.meta.dirname, 'reference', 'bare-hono.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const port = await new Promise<string>((resolve) => child.stdout.once('data', (said: Buffer) => resolve(String(said).trim())))
  return { target: { url: `http://127.0.0.1:${port}`, key, nonce: '' }, pid: child.pid ?? 0 }
}

/** The first call only learns the nonce. */
async function firstAnswer(target: Target, body: string): Promise<string> {
  await ask(target, body)
  const { status: code, text } = await ask(target, body)
  if (code !== 200) throw new Error(`${target.url} answered ${code}: ${text.slice(0, 300)}`)
  return text
}

/** Asks on while a big export is dropped in and taken, until it is sealed. */
async function duringTake(folder: string, target: Target, bodies: readonly string[]): Promise<number[]> {
  const made = await makeJcExport({ rows: takenRows, seed: 3, path: join(folder, 'made.csv') })
  renameSync(made.path, join(folder, 'exports', 'jc.csv'))
  const { DatabaseSync } = await import('node:sqlite')
  const raw = new DatabaseSync(join(folder, 'agent', 'ledger.db'), { readOnly: true })
  const state = (): string => String(raw.prepare("SELECT state FROM export_files WHERE name = 'jc.csv'").get()?.['state'] ?? '')
  const until = Date.now() + 10 * 60_000
  const times: number[] = []
  while (state() !== 'reading' && state() !== 'taken' && Date.now() < until) await load(target, bodies, (asked) => asked < 10)
  while (state() === 'reading' && Date.now() < until) times.push(...(await load(target, bodies, (asked) => asked < 50)))
  const now = state()
  raw.close()
  if (now !== 'taken') throw new Error(`The export was not taken: it is “${now}”.`)
  return times
}

async function whenReady(url: string): Promise<void> {
  const until = Date.now() + 120_000
  while (Date.now() < until) {
    const ready = await fetch(`${url}/ready`).then(
      (answer) => answer.json() as Promise<{ ready: boolean }>,
      () => null,
    )
    if (ready?.ready) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The agent did not become ready.')
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

/** User and system time of a process, in ticks of 10 ms (proc(5)). */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

const peakMb = (pid: number): number => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
