/** Every error body Procore is known to send (procore-api.md 9.3: error models of Oct 2024, v2 guide of 2026-06), read into one problem. */
import { type Problem, problem, Trouble } from '../../shared/problem.ts'
import { isRaw, type Raw, text } from './reading.ts'

/** Trouble with a whole call; `retryAt` (ms) is when trying again makes sense, null when only a person can help. */
export class ProcoreTrouble extends Trouble {
  readonly retryAt: number | null
  constructor(what: Problem, retryAt: number | null = null, cause?: unknown) {
    super(what, cause)
    this.name = 'ProcoreTrouble'
    this.retryAt = retryAt
  }
}

/** The same trouble, saying when it is tried again (ms). */
export const when = (what: Problem, at: number): Problem => ({ ...what, params: { ...what.params, when: new Date(at).toISOString() } })

/** Procore cannot be reached, and is asked again at `retryAt` (ms). */
export const down = (why: { reason: string; status?: number }, retryAt: number): ProcoreTrouble =>
  new ProcoreTrouble(when(problem('procore-down', why), retryAt), retryAt)

/** Procore's own words out of any of the published shapes, joined; '' when there are none. */
export const wordsOf = (body: unknown): string => [...new Set(words(body))].join('; ').slice(0, 500)

function words(body: unknown): string[] {
  if (typeof body === 'string') return body.trim() && !body.trimStart().startsWith('<') ? [body.trim()] : []
  if (!isRaw(body)) return []
  const detailed = isRaw(body['error']) ? ofDetailed(body['error']) : words(body['error'])
  return [
    ...ofErrors(body['errors']),
    ...detailed,
    ...single(body, 'error_description'),
    ...single(body, 'message'),
    ...single(body, 'reason'),
  ]
}

const single = (body: Raw, name: string): string[] => (typeof body[name] === 'string' && body[name] ? [body[name]] : [])

const ofErrors = (errors: unknown): string[] =>
  Array.isArray(errors)
    ? errors.flatMap((one) => (isRaw(one) ? ofFields(one) : words(one)))
    : isRaw(errors)
      ? ofFields(errors)
      : words(errors)

/** `{"vendor_id":["can't be blank"]}` → "vendor_id: can't be blank". */
const ofFields = (errors: Raw): string[] =>
  Object.entries(errors).flatMap(([field, said]) => (Array.isArray(said) ? said : [said]).flatMap((one) => labelled(field, one)))

const labelled = (field: string, said: unknown): string[] => {
  const inner = text(said) ? [text(said) as string] : isRaw(said) ? ofFields(said) : []
  return inner.map((one) => (field === 'base' || field === 'message' ? one : `${field}: ${one}`))
}

const ofDetailed = (error: Raw): string[] => {
  const details = Array.isArray(error['details']) ? error['details'].filter(isRaw) : []
  const lines = details.flatMap((one) =>
    single(one, 'message').map((said) => (text(one['source']) ? `${text(one['source'])}: ${said}` : said)),
  )
  return lines.length > 0 ? lines : single(error, 'message')
}

/** Texts Procore shows on records frozen by a filled origin_id (procore-api.md 5.3). */
const lockTexts = /synced with (an )?erp|is not editable|cannot be (edited|deleted)|immutable|locked/i

const isLockText = (said: string): boolean => lockTexts.test(said)

/** What a call was about, for the sentence. */
export type About = { item?: string | undefined; project?: string | undefined }

/** What a status means (procore-api.md 9.3), as a problem. 404 stands for 403 on projects the app may not see (9.1). */
export function problemOf(status: number, body: unknown, about: About = {}): Problem {
  const said = wordsOf(body) || `HTTP ${status}`
  const item = about.item ?? 'unnamed'
  if (status === 401) return problem('procore-secret', { text: said })
  if (status === 403) return /not connected/i.test(said) ? problem('procore-not-connected') : forbidden(said, about)
  if (status === 404 && about.project && !about.item) return problem('project-not-permitted', { project: about.project })
  if (status === 404) return problem('procore-not-found', { item })
  if (status === 409) return problem('procore-busy', { text: said })
  if (status === 429) return problem('procore-busy', { text: said })
  if (status === 408 || status >= 500) return problem('procore-down', { reason: said })
  if (status === 422 && isLockText(said)) return problem('locked-in-procore', { item, text: said })
  if (status >= 400) return problem('procore-refused', { item, text: said })
  return problem('procore-answer', { what: `HTTP ${status}` })
}

const forbidden = (said: string, about: About): Problem =>
  problem('procore-forbidden', { text: said, ...(about.project ? { project: about.project } : {}) })

/** One row of a sync answer's `errors` (procore-api.md 5.1): what was sent with `errors` by field. */
export function rowProblem(row: Raw, item: string): Problem {
  const said = wordsOf({ errors: row['errors'] }) || wordsOf(row) || 'no-reason'
  if (/entity with this id not found/i.test(said)) return problem('procore-not-found', { item })
  return problem(isLockText(said) ? 'locked-in-procore' : 'procore-refused', { item, text: said })
}
