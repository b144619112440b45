/** One call to a connector: bounded in time and size, never led elsewhere. */
import type * as z from 'zod/mini'
import { type Problem, problem, Trouble } from '../../../shared/problem.ts'

/** A page may take the ERP a while. */
const callMs = 60_000
const answerBytes = 32 << 20

export type Ask = <T>(operation: 'describe' | 'test' | 'read', body: object, shape: z.ZodMiniType<T>) => Promise<T>
export type AskParts = { url: string; key: () => Promise<string | null>; signal?: AbortSignal | undefined }

/** Asks the connector at `url`; throws Trouble where it does not answer, refuses the key or answers otherwise than agreed. */
export function asker({ url, key, signal }: AskParts): Ask {
  const base = url.replace(/\/+$/, '')
  return async (operation, body, shape) => {
    const otherwise = (found: string): Trouble => new Trouble(problem('connector-answer', { url, operation, found }))
    const ends = AbortSignal.any([AbortSignal.timeout(callMs), ...(signal ? [signal] : [])])
    const silent = (cause: unknown): never => {
      if (signal?.aborted) throw cause
      throw new Trouble(problem('connector-silent', { url, reason: reasonOf(cause), when: 'next-call' }), cause)
    }
    const reply = await fetch(`${base}/${operation}`, {
      ...{ method: 'POST', body: JSON.stringify(body), redirect: 'manual', signal: ends },
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${(await key()) ?? ''}` },
    }).catch(silent)
    const refused = refusalOf(reply.status, url)
    if (refused) throw new Trouble(refused)
    if (reply.status !== 200) throw otherwise(reply.status < 400 ? 'elsewhere' : String(reply.status))
    const text = await textOf(reply).catch(silent)
    if (text === null) throw otherwise('too-long')
    const read = shape.safeParse(json(text))
    if (!read.success) throw otherwise(read.error.issues[0]?.path.join('.') || 'not-json')
    return read.data
  }
}

function refusalOf(status: number, url: string): Problem | null {
  if (status === 401 || status === 403) return problem('connector-key', { url })
  if (status === 429 || status >= 500) return problem('connector-silent', { url, reason: String(status), when: 'next-call' })
  return null
}

/** Null where it is longer than any page may be. */
async function textOf({ body }: Response): Promise<string | null> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of body ?? []) {
    bytes += piece.length
    if (bytes > answerBytes) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Whatever is wrong with it, the schema refuses `undefined` next and says so.
    return undefined
  }
}

/** fetch hides the system's code one or two causes deep. */
function reasonOf(error: unknown): string {
  const { code, cause, name } = (error ?? {}) as { code?: unknown; cause?: unknown; name?: unknown }
  return typeof code === 'string' ? code : cause === undefined ? String(name) : reasonOf(cause)
}
