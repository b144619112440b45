/** The agent as it is shipped: the bundle, started and asked through its own command line, in processes of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** So long a start may take before it counts as failed. */
const patienceMs = 30_000

const program = fileURLToPath(new URL('../../build/agent/tieback.js', import.meta.url))

/** One line of the agent's log: an event by its kind, or what it did. */
export type LogLine = { at: string; level: number; msg: string } & Record<string, unknown>

export type TiebackProcess = {
  pid: number
  /** From spawn to /ready answering yes, ms. */
  readyMs: number
  /** Told each line of the log from now on; answers how to stop listening. */
  onLine(listener: (line: LogLine) => void): () => void
  /** SIGTERM, then waits for its end; answers the exit code. */
  stop(): Promise<number | null>
}

/** Runs one command; resolves with what it printed, as an object where `--json` asked for one. Rejects with what it said when it fails. */
export async function tieback<T = string>(folder: string, ...words: string[]): Promise<T> {
  const child = spawnTieback(folder, words)
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (part: string) => (said += part))
  let trouble = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (trouble += part))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`tieback ${words[0]} ended with ${code}: ${trouble || said}`)
  return words.includes('--json') ? (JSON.parse(said) as T) : (said as T)
}

/** Starts the agent of a data folder; resolves when it is ready. `port` is its loopback port. */
export async function startTieback(folder: string, port: number): Promise<TiebackProcess> {
  const began = performance.now()
  const child = spawnTieback(folder, ['start'])
  const listeners = new Set<(line: LogLine) => void>()
  const last: string[] = []
  const keep = (text: string): void => {
    last.push(text)
    last.splice(0, last.length - 10)
  }
  createInterface({ input: child.stderr ?? process.stdin }).on('line', keep)
  createInterface({ input: child.stdout ?? process.stdin }).on('line', (text) => {
    keep(text)
    const line = parsed(text)
    if (line) for (const listener of listeners) listener(line)
  })
  const ended = once(child, 'close')
  await readyAt(port, child, last).catch((cause: unknown) => {
    child.kill('SIGKILL')
    throw cause
  })
  const readyMs = performance.now() - began
  return {
    pid: child.pid ?? 0,
    readyMs,
    onLine(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}

/** A loopback port nobody uses now. */
export async function freePort(address = '127.0.0.1'): Promise<number> {
  const server = createServer().listen(0, address)
  await once(server, 'listening')
  const found = server.address()
  server.close()
  await once(server, 'close')
  if (found === null || typeof found === 'string') throw new Error('No free port was found.')
  return found.port
}

function spawnTieback(folder: string, words: readonly string[]): ChildProcess {
  if (!existsSync(program)) throw new Error('The agent is not built. Build it first: npm run build:agent')
  return spawn(process.execPath, [program, ...words, '--data', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Asks /ready every few milliseconds; a process that ends before says why in its last lines. */
async function readyAt(port: number, child: ChildProcess, last: readonly string[]): Promise<void> {
  for (const until = performance.now() + patienceMs; ; ) {
    if (performance.now() > until) throw new Error(`The agent was not ready within ${patienceMs} ms:\n${last.join('\n')}`)
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The agent ended before it was ready:\n${last.join('\n')}`)
    const ready = await fetch(`http://127.0.0.1:${port}/ready`).then(
      async (response) => ((await response.json()) as { ready: boolean }).ready,
      () => false, // it does not listen yet
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function parsed(text: string): LogLine | null {
  try {
    return JSON.parse(text) as LogLine
  } catch {
    return null // a warning of Node's own, say
  }
}
