import type { IncomingMessage } from 'node:http'
import type { Json } from '../items.ts'

/** The whole body, or undefined when the sender went away first. */
export async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
  } catch (trouble) {
    // The sender was killed or gave up: nothing to answer to.
    if ((trouble as NodeJS.ErrnoException).code === 'ECONNRESET') return undefined
    throw trouble
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** undefined for no body, null for one that is no JSON (and no form). */
export function parseBody(text: string, contentType: string | undefined): Json {
  if (text === '') return undefined
  if (contentType?.includes('form')) return Object.fromEntries(new URLSearchParams(text))
  try {
    return JSON.parse(text) as Json
  } catch (trouble) {
    if (trouble instanceof SyntaxError) return null
    throw trouble
  }
}
