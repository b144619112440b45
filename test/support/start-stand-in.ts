import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { practiceClient, type StandInOptions } from '../procore/options.ts'
import { type StandIn, startStandIn } from '../procore/stand-in.ts'

/** What an agent needs to know to talk to the stand-in. */
export interface ProcoreAccess {
  apiBase: string
  loginBase: string
  companyId: string
  clientId: string
  clientSecret: string
}

/** A stand-in in this process together with the way in. `await using` closes it. */
export async function standInWithAccess(options: StandInOptions = {}): Promise<StandIn & { access: ProcoreAccess }> {
  const standIn = await startStandIn(options)
  return Object.assign(standIn, { access: accessTo(standIn.url, standIn.company.id) })
}

function accessTo(url: string, companyId: number): ProcoreAccess {
  return { apiBase: url, loginBase: url, companyId: String(companyId), clientId: practiceClient.id, clientSecret: practiceClient.secret }
}

export interface RemoteStandIn {
  url: string
  access: ProcoreAccess
  process: ChildProcess
  /** One call to the control API (control.ts): the path behind /__stand-in/, JSON in and out. */
  control: <T>(method: string, path: string, body?: unknown) => Promise<T>
  close: () => Promise<void>
  [Symbol.asyncDispose]: () => Promise<void>
}

const main = fileURLToPath(new URL('../procore/main.ts', import.meta.url))

/** A stand-in in a process of its own, with the flags of main.ts. */
export async function startStandInProcess(flags: readonly string[] = []): Promise<RemoteStandIn> {
  const child = spawn(process.execPath, [main, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ready = await firstLine(child)
  const { url, companyId } = JSON.parse(ready) as { url: string; companyId: number }
  const close = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  return { url, access: accessTo(url, companyId), process: child, control: controlOf(url), close, [Symbol.asyncDispose]: close }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The stand-in has no output to read.')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('The stand-in stopped before it was ready.')
}

const controlOf =
  (url: string) =>
  async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(`${url}/__stand-in/${path}`, { method, ...sent })
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
