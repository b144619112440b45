import { ProblemDetails } from '../api/problems.ts'
import type { ToldProblem } from '../words/say-problem.ts'
import type { Received } from './exchange.ts'
import { parseJson } from './json.ts'

/** What a call without a pinned key was refused with; null where it was not. */
export function refusalOf({ status, text }: Pick<Received, 'status' | 'text'>): ToldProblem | null {
  if (status === 200) return null
  const told = ProblemDetails.safeParse(parseJson(text))
  if (!told.success) return { code: 'request-refused', params: { reason: String(status) } }
  const { code, params, title, do: step } = told.data
  // An agent before this one has no such path.
  if (status === 404 && params?.['reason'] === 'no-path') return { code: 'agent-too-old' }
  return { code, params, says: title, ...(step === undefined ? {} : { do: step }) }
}
