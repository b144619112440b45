/** Reading people: one call for the directory and one for each project, told as trouble like any list where it cannot be read. */
import type { ProblemCode } from '../shared/problem.ts'
import type { CompanyParts } from './company.ts'
import { patiently } from './ledger/patiently.ts'
import type { AskedPerson } from './ledger/people-asked.ts'
import type { Writer } from './ledger/writer-proxy.ts'
import { type ProcorePerson, people, peopleOfProject } from './procore/companies.ts'
import { ProcoreTrouble } from './procore/errors.ts'
import type { Priority } from './procore/rate-plan.ts'

export type PeopleParts = CompanyParts & {
  /** What projects said last, for all who read. */
  lists: Lists
  /** Least of all, unless somebody waits for it. */
  priority?: Priority
}

/** How long after trouble it is tried again. */
export const troubleMs = 30 * 60_000
/** So long a project's list serves for whoever pairs meanwhile: a morning of pairings would else spend the hour's calls. */
const servesMs = 3_600_000

type Lists = Map<string, { ids: readonly string[]; at: number }>

/** Reads, and tells trouble and its end like that of any list; answers the trouble there was. */
export async function noted(
  parts: PeopleParts,
  connection: number,
  project: string | null,
  read: () => Promise<void>,
): Promise<ProblemCode | 'fault' | null> {
  const at = { connection, list: 'people', project }
  try {
    await read()
    await told(parts, (writer) => writer.call('pollWell', at))
    return null
  } catch (error) {
    if (parts.signal.aborted) return 'fault'
    if (!(error instanceof ProcoreTrouble)) {
      parts.onFault(error, `people of connection ${connection}`)
      return 'fault'
    }
    const problem = { ...error.problem, params: { ...error.problem.params, when: later(parts) } }
    await told(parts, (writer) => writer.call('pollTrouble', { ...at, problem }))
    return problem.code
  }
}

const later = ({ clock }: PeopleParts): string => new Date(clock.now() + troubleMs).toISOString()
const told = ({ writer, clock, signal }: PeopleParts, tell: (writer: Writer) => Promise<unknown>): Promise<unknown> =>
  patiently(() => tell(writer), { clock, signal })

export async function readDirectory(
  { client, writer, clock, signal, priority }: PeopleParts,
  connection: number,
  asked: readonly AskedPerson[],
): Promise<void> {
  const at = clock.now()
  const all: ProcorePerson[] = []
  for await (const page of people(client, signal, priority)) all.push(...page)
  const byEmail = Map.groupBy(all, ({ email }) => plain(email ?? ''))
  const found = asked.map(({ person, email }) => ({ person, ...saidOf(byEmail.get(plain(email)) ?? []) }))
  await patiently(() => writer.call('directorySeen', { connection, people: found, at }), { clock, signal })
}

/** Everybody of the directory whose name or e-mail holds a text, in upper or lower case. Nothing of it is kept. */
export async function searchDirectory({ client, signal, priority }: PeopleParts, text: string): Promise<ProcorePerson[]> {
  const found: ProcorePerson[] = []
  const holds = (said: string | null): boolean => plain(said ?? '').includes(plain(text))
  for await (const page of people(client, signal, priority)) found.push(...page.filter(({ name, email }) => holds(name) || holds(email)))
  return found
}

const plain = (email: string): string => email.trim().toLowerCase()

/** An e-mail that stands twice in a directory says what both say; where they differ, nothing is known. */
function saidOf(all: readonly ProcorePerson[]): { id: string | null; active: boolean | null; accountant: boolean | null } {
  const agreed = (of: (one: ProcorePerson) => boolean | null): boolean | null =>
    all.every((one) => of(one) === of(all[0] as ProcorePerson)) ? of(all[0] as ProcorePerson) : null
  const [first] = all
  return first ? { id: first.id, active: agreed(({ active }) => active), accountant: agreed(({ accountant }) => accountant) } : none
}
const none = { id: null, active: null, accountant: null }

export async function readProject(
  { client, writer, clock, signal, priority, lists }: PeopleParts,
  connection: number,
  project: string,
): Promise<void> {
  const known = lists.get(project)
  const serves = known !== undefined && clock.now() - known.at < servesMs
  const list = serves ? known : { at: clock.now(), ids: await peopleOfProject(client, project, signal, priority) }
  lists.set(project, list)
  await patiently(() => writer.call('membersSeen', { connection, project, ...list }), { clock, signal })
}
