import type { MessagePort } from 'node:worker_threads'
import type { Event } from '../../shared/event.ts'
import { Trouble } from '../../shared/problem.ts'
import type { Commands, Jobs, Transact } from './command.ts'
import type { Ask, Reply } from './writer-proxy.ts'

/** Trouble as data: a class does not survive the way to another thread. */
export const refusal = (cause: unknown) => ({
  message: cause instanceof Error ? cause.message : String(cause),
  stack: cause instanceof Error ? cause.stack : undefined,
  problem: cause instanceof Trouble ? cause.problem : undefined,
})

export type ServeParts = { port: MessagePort; transact: Transact; commands: Commands; jobs: Jobs; close: () => void }

/** Answers the main thread's calls: commands one transaction each, jobs one after the other with commands in between. */
export function serve({ port, transact, commands, jobs, close }: ServeParts): void {
  let lastJob: Promise<unknown> = Promise.resolve()

  function work({ name, input }: Ask): Promise<unknown> {
    const command = commands[name]
    if (command) return transact((tx) => command(tx, input as never))
    const job = jobs[name]
    if (!job) return Promise.reject(new Error(`The writer has no command “${name}”.`))
    const turn = lastJob.then(() => job(transact, input as never))
    lastJob = turn.catch(() => undefined) // whoever asked is told
    return turn
  }

  const reply = (message: Reply) => port.postMessage(message)
  port.on('message', (ask: Ask | 'close') => {
    if (ask === 'close') {
      void transact(() => undefined).finally(() => {
        close()
        port.close()
      })
      return
    }
    work(ask).then(
      (answer) => reply({ call: ask.call, answer }),
      (cause) => reply({ call: ask.call, refused: refusal(cause) }),
    )
  })
}

/** Tells the main thread what happened, after the commit. */
export const tell = (port: MessagePort) => (events: Event[]) => port.postMessage({ events } satisfies Reply)
