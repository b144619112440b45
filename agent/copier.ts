/** A thread of its own for one backup: a large ledger takes minutes to be read back, and whoever asks the agent meanwhile is answered. */
import { parentPort, workerData } from 'node:worker_threads'
import { backUp } from './ledger/backup.ts'
import { refusal } from './ledger/serve.ts'
import type { Copied } from './upkeep/copy-ledger.ts'

const tell = (said: Copied): void => parentPort?.postMessage(said)

const { ledger, to } = workerData as { ledger: string; to: string }
await backUp(ledger, to, () => tell({ checking: true })).then(
  () => tell({ done: true }),
  (cause: unknown) => tell({ failed: refusal(cause) }),
)
