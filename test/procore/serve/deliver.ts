import type { ServerResponse } from 'node:http'
import type { Fault } from '../faults.ts'
import type { LoggedRequest, RequestLog } from '../request-log.ts'

/** An answer ready to be sent. */
export interface Made {
  status: number
  headers: Record<string, string>
  text: string
}

/** Sends in two halves so that a listener or a fault can come between; drops the connection when a fault says so. */
export async function deliver(
  log: RequestLog,
  entry: LoggedRequest,
  fault: Fault | undefined,
  made: Made,
  outgoing: ServerResponse,
): Promise<void> {
  await log.reached('committed', entry)
  if (fault?.do === 'drop after commit') return void outgoing.socket?.destroy()
  const body = Buffer.from(made.text)
  const half = Math.ceil(body.length / 2)
  outgoing.writeHead(made.status, { ...made.headers, 'content-length': String(body.length) })
  await write(outgoing, body.subarray(0, half))
  await log.reached('mid-answer', entry)
  if (fault?.do === 'drop mid-answer') return void outgoing.socket?.destroy()
  entry.status = made.status
  outgoing.end(body.subarray(half))
  await log.reached('answered', entry)
}

/** Resolves when handed to the system, or when the other side is gone. */
function write(outgoing: ServerResponse, part: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (outgoing.destroyed || outgoing.socket === null) return resolve()
    outgoing.once('close', () => resolve())
    outgoing.write(part, () => resolve())
  })
}
