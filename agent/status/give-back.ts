import type { DatabaseSync } from 'node:sqlite'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

let collect: Collect | null = null

/** V8's own collector, which frees what a busy minute left behind; by itself it waits until memory runs short, which at rest is never. */
function exposed(): Collect {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as Collect
}

/** Gives back to the system what this thread holds and does not need: pages of the ledger, and garbage. Takes some 30 ms. */
export function giveBack(ledger: DatabaseSync): void {
  collect ??= exposed()
  ledger.exec('pragma shrink_memory')
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}

/** Calls `work` once after each time of business, when nothing was heard of for so long. */
export function whenAtRest(quietMs: number, work: () => void, signal: AbortSignal): { busy(): void } {
  let timer: NodeJS.Timeout | undefined
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  return {
    busy() {
      if (signal.aborted) return
      if (timer) timer.refresh()
      else timer = setTimeout(work, quietMs)
      timer.unref()
    },
  }
}
