/** The writer's thread: the only code that changes the ledger. It opens the ledger and serves commands and jobs. */
import { parentPort, workerData } from 'node:worker_threads'
import { commands } from './commands.ts'
import { kinds } from './items/index.ts'
import { jobs } from './jobs.ts'
import type { WriterTx } from './ledger/command.ts'
import { mindingTheDisk } from './ledger/full-disk.ts'
import { holdLedger } from './ledger/hold.ts'
import { openWriting } from './ledger/open.ts'
import { dropUnsealed } from './ledger/report.ts'
import { refusal, serve, tell } from './ledger/serve.ts'
import { turns } from './ledger/turns.ts'
import { advanceUnlinks } from './unlink/advance.ts'

/** Every command and job by name; the main thread's `writer.call` is typed by it. */
export type WriterTable = typeof commands & typeof jobs

const port = parentPort
if (port === null) throw new Error('writer.ts is started as a worker (ledger/writer-proxy.ts).')
let letGo: () => void = () => undefined
try {
  const { path } = workerData as { path: string }
  letGo = holdLedger(path)
  const raw = await openWriting(path)
  const follow = (tx: WriterTx): void => advanceUnlinks(tx, kinds)
  const disk = mindingTheDisk(turns({ raw, now: Date.now, onEvents: tell(port), follow }), path)
  const { transact } = disk
  await transact(dropUnsealed)
  const close = (): void => {
    disk.close()
    raw.close()
    letGo()
  }
  serve({ port, transact, commands, jobs, close })
  port.postMessage({ ready: true })
} catch (cause) {
  letGo()
  port.postMessage({ failed: refusal(cause) })
  port.close()
}
