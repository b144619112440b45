import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { AgentHome } from './set-up-agent.ts'

export type AgentProcess = {
  /** Its log so far. */
  lines: readonly Record<string, unknown>[]
  /** Resolves once a line with this message was logged; rejects when it ends before. */
  said(msg: string): Promise<void>
  /** `kill -9` of its whole process group; resolves when it is gone. */
  kill(): Promise<void>
  /** Ends it as a service would. */
  stop(): Promise<void>
}

const cli = fileURLToPath(new URL('../../agent/cli/index.ts', import.meta.url))

/** `tieback start` in a process group of its own. */
export function startAgentProcess({ data }: AgentHome): AgentProcess {
  const child = spawn(process.execPath, [cli, 'start', '--data', data], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: Record<string, unknown>[] = []
  const waiting = new Map<string, PromiseWithResolvers<void>>()
  const gone = once(child, 'exit')
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Record<string, unknown>
    lines.push(line)
    waiting.get(String(line['msg']))?.resolve()
  })
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal)
    await gone
  }
  return {
    lines,
    async said(msg) {
      const one = waiting.get(msg) ?? Promise.withResolvers<void>()
      waiting.set(msg, one)
      if (lines.some((line) => line['msg'] === msg)) one.resolve()
      const ended = gone.then(() =>
        Promise.reject(new Error(`The agent ended before it said “${msg}”: ${JSON.stringify(lines.slice(-3))}`)),
      )
      await Promise.race([one.promise, ended])
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}
