/** One query, run by an external program: never by a shell, never two at once, never for longer than it may. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { problem, Trouble } from '../../../shared/problem.ts'
import { layDown } from '../folder/lay-down.ts'
import type { Query } from './job.ts'
import { wordsBefore } from './program.ts'

export type RunQuery = {
  query: Query
  /** Program, script and job file as they were agreed to. */
  command: string
  script: string
  job: string
  /** The watched folder. */
  folder: string
  limitMinutes: number
  now: () => number
  signal: AbortSignal
}

/** The ERP's source serves one at a time, whichever connection it is for. */
let turn: Promise<unknown> = Promise.resolve()

export function runQuery(run: RunQuery): Promise<void> {
  const mine = turn.then(() => runAlone(run))
  turn = mine.catch(() => undefined) // whoever waits for it is told
  return mine
}

async function runAlone({ query, folder, now, ...run }: RunQuery): Promise<void> {
  const { name, entity, complete } = query
  const path = join(folder, `${name}.csv`)
  const part = `${path}.part`
  const extractedAt = new Date(now()).toISOString()
  try {
    const rows = rowsIn(await answerOf({ ...run, name, out: part }), name)
    const sha256 = await hashOf(part)
    await layDown(part, path, JSON.stringify({ entity, extractedAt, rows, sha256, complete }))
  } finally {
    await rm(part, { force: true })
  }
}

type Answering = Pick<RunQuery, 'command' | 'script' | 'job' | 'limitMinutes' | 'signal'> & { name: string; out: string }

function answerOf({ command, script, job, limitMinutes, signal, name, out }: Answering): Promise<string> {
  signal.throwIfAborted()
  const words = [...wordsBefore(command, script), '-Job', job, '-Query', name, '-Out', out]
  const bounds = { timeout: limitMinutes * 60_000, killSignal: 'SIGKILL', maxBuffer: 1 << 20, windowsHide: true, signal } as const
  return new Promise((resolve, reject) => {
    execFile(command, words, bounds, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout)
      if (signal.aborted) return reject(error)
      if (error.killed) return reject(new Trouble(problem('extract-late', { query: name, minutes: limitMinutes }), error))
      reject(new Trouble(problem('extract-failed', { query: name, reason: lastLine(stderr) || String(error.code) }), error))
    })
  })
}

/** What it says of itself, on its last line. */
function rowsIn(stdout: string, name: string): number {
  const rows = /^\s*\{\s*"rows"\s*:\s*(\d{1,12})\s*\}\s*$/.exec(stdout.trim().split('\n').at(-1) ?? '')?.[1]
  if (rows === undefined) throw new Trouble(problem('extract-failed', { query: name, reason: 'no-rows' }))
  return Number(rows)
}

/** The end of what a program says of its trouble; where the trouble is, is in front of it. */
const lastLine = (stderr: string): string =>
  stderr
    .trim()
    .split(/\r?\n/)
    .find((line) => line.trim() !== '')
    ?.slice(0, 300) ?? ''

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece)
  return hash.digest('hex')
}
