/** Who we are to Procore, which companies the app is installed in, where links lead, and who works there (procore-api.md 1.1, 9.1). */
import { problem } from '../../shared/problem.ts'
import type { Client } from './client.ts'
import { ProcoreTrouble } from './errors.ts'
import { pages } from './paging.ts'
import type { Priority } from './rate-plan.ts'
import { isRaw, type Raw, text } from './reading.ts'

export type Company = { id: string; name: string; active: boolean }
/** A person of Procore's directory; null where the answer does not say. */
export type ProcorePerson = { id: string; name: string | null; email: string | null; active: boolean | null; accountant: boolean | null }

/** The service user this token stands for. */
export async function whoAmI(client: Client): Promise<{ id: string; login: string | null; name: string | null }> {
  const { body } = await client.read({ path: '/rest/v1.0/me', priority: 'single' })
  if (!isRaw(body) || text(body['id']) === null) throw unreadable('/me')
  return { id: text(body['id']) as string, login: text(body['login']), name: text(body['name']) }
}

/** Companies that have the app installed. */
export async function companies(client: Client): Promise<Company[]> {
  const found: Company[] = []
  for await (const rows of pages(client, { path: '/rest/v1.0/companies', query: { per_page: 300 }, priority: 'single' }))
    for (const row of rows)
      if (isRaw(row) && text(row['id']))
        found.push({ id: text(row['id']) as string, name: text(row['name']) ?? '', active: row['is_active'] !== false })
  return found
}

/** Base of links into Procore for this company, such as `https://us02.procore.com`; never assumed. */
export async function webBase(client: Client): Promise<string> {
  const { body } = await client.read({ path: '/rest/v1.0/company_base_url', priority: 'single' })
  const base = isRaw(body) ? text(body['web_base_url']) : null
  if (base === null || !URL.canParse(base)) throw unreadable('/company_base_url')
  return new URL(base).origin
}

/**
 * People of the company, page by page; `accountant` is Procore’s “can push to accounting” flag. Throws where nobody has an e-mail: without the right to
 * read the directory an answer may be cut down, and nobody is taken to have left for that.
 */
export async function* people(client: Client, signal?: AbortSignal, priority: Priority = 'single'): AsyncGenerator<ProcorePerson[]> {
  const path = `/rest/v1.3/companies/${client.company}/users`
  let named = 0
  for await (const rows of pages(client, { path, query: { view: 'extended', per_page: 1_000 }, priority, signal })) {
    const found = rows.filter(isRaw).flatMap(person)
    named += found.filter(({ email }) => email !== null && email !== '').length
    yield found
  }
  if (named === 0) throw unreadable(path)
}

/**
 * Ids of the active people a project lists (published as “List Project Users”, reference of 2026-05): those of the company's list, for a person of the
 * company is added to a project by that id (reference of 2024-10).
 */
export async function peopleOfProject(
  client: Client,
  project: string,
  signal?: AbortSignal,
  priority: Priority = 'single',
): Promise<string[]> {
  const ask = { path: `/rest/v1.0/projects/${project}/users`, query: { view: 'compact', per_page: 1_000 }, about: { project } }
  const ids: string[] = []
  for await (const rows of pages(client, { ...ask, priority, signal }))
    ids.push(...rows.filter(isRaw).flatMap((raw) => text(raw['id']) ?? []))
  return ids
}

const person = (raw: Raw): ProcorePerson[] => {
  const id = text(raw['id'])
  if (id === null) return []
  return [
    {
      id,
      name: text(raw['name']),
      email: text(raw['email_address']),
      active: flag(raw['is_active']),
      accountant: flag(raw['erp_integrated_accountant']),
    },
  ]
}

const flag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)
const unreadable = (path: string): ProcoreTrouble => new ProcoreTrouble(problem('procore-answer', { what: path }))
