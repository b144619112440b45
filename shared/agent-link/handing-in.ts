/** The Procore admin's side of handing over (PROTOCOL.md, “Handing over”): by a sheet's code, from a browser the agent does not know. */
import type { AnswerOf, BodyOf } from '../api.ts'
import { routes } from '../api.ts'
import { readCode } from '../pairing.ts'
import type { Reply } from './client.ts'
import { exchange, type Wire } from './exchange.ts'
import { parseJson } from './json.ts'
import { refusalOf } from './refusal-of.ts'

/** A sheet's number and its code. */
export type SheetCode = { id: string; code: string }

/** As it is printed, and as a person may type it: `7-ABCD2345`. Null where it can be none. */
export function readSheetCode(text: string): SheetCode | null {
  const [, id, rest] = /^\s*(\d{1,9})\s*-(.*)$/s.exec(text) ?? []
  const code = readCode(rest ?? '')
  return id === undefined || code === null ? null : { id, code }
}

export const sheetCode = ({ id, code }: SheetCode): string => `${id}-${code}`

type Open = 'lookHandOver' | 'handIn'

/** Asks without a pinned key: whoever hands in has nothing but the agent's address, which TLS vouches for. */
export async function askBySheet<N extends Open>(
  wire: Wire,
  name: N,
  { address, id, body }: { address: string; id: string; body: BodyOf<N> },
): Promise<Reply<AnswerOf<N>>> {
  const { method, path } = routes[name]
  const call = { method, address, path: path.replace('{id}', encodeURIComponent(id)), query: '', body: JSON.stringify(body) }
  const received = await exchange(wire, new Map(), call).catch(() => null)
  if (received === null) return { problem: { code: 'agent-unreachable' } }
  const refused = refusalOf(received)
  if (refused) return { problem: refused }
  const answer = routes[name].answer.safeParse(parseJson(received.text))
  return answer.success ? { value: answer.data as AnswerOf<N> } : { problem: { code: 'agent-too-old' } }
}
