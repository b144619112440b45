import { Worker } from 'node:worker_threads'
import type { refusal } from '../ledger/serve.ts'

/** What the copier says (copier.ts). */
export type Copied = { checking: true } | { done: true } | { failed: ReturnType<typeof refusal> }

/** Beside the bundle lies copier.js; in the sources, copier.ts. */
const entry = new URL(import.meta.url.endsWith('.ts') ? '../copier.ts' : './copier.js', import.meta.url)

/** Copies the ledger and reads the copy back, in a thread of its own; `checking` is called between the two. Answers why not, null when it is there and whole. */
export function copyLedger(paths: { ledger: string; to: string }, checking: () => void, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: paths })
    const end = (): void => void worker.terminate()
    signal.addEventListener('abort', end, { once: true })
    worker.on('message', (said: Copied) => {
      if ('checking' in said) checking()
      else if ('done' in said) resolve(null)
      else resolve(reasonOf(said.failed))
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      signal.removeEventListener('abort', end)
      reject(signal.aborted ? signal.reason : new Error('The copier ended before it was done.'))
    })
  })
}

/** Codes that have words; what else the system said, as it said it. */
const worded: Readonly<Record<string, string>> = { 'disk-full': 'disk-full', 'ledger-damaged': 'damaged', 'ledger-busy': 'busy' }

const reasonOf = ({ problem, message }: ReturnType<typeof refusal>): string => worded[problem?.code ?? ''] ?? message
