/**
 * Once a day Procore is asked about the people known here: whether they are active, may push to accounting, and which projects list them. One call
 * for the directory and one for each linked project, with the least priority of the company's budget. While it cannot be asked, what was last known holds.
 */
import type { ProblemCode } from '../shared/problem.ts'
import { patiently } from './ledger/patiently.ts'
import type { AskedPerson } from './ledger/people-asked.ts'
import { peopleToAsk, projectsToAsk } from './ledger/people-asked.ts'
import type { Reader } from './ledger/reader.ts'
import type { Writer } from './ledger/writer-proxy.ts'
import type { Client } from './procore/client.ts'
import { ofTheWay } from './procore/commands.ts'
import { type ProcorePerson, people, peopleOfProject } from './procore/companies.ts'
import { ProcoreTrouble } from './procore/errors.ts'
import type { Clock } from './procore/rate-limit.ts'

export type PeopleParts = {
  client: Client
  connections: readonly number[]
  writer: Writer
  reader: Reader
  clock: Clock
  signal: AbortSignal
  onFault: (error: unknown, where: string) => void
}

/** How long after trouble it is tried again, and how often it is looked whether something is due. */
const waitMs = { trouble: 30 * 60_000, look: 20 * 60_000 }
/** So long a project's list serves for whoever pairs meanwhile: a morning of pairings would else spend the hour's calls. */
const servesMs = 3_600_000

type Lists = Map<string, { ids: readonly string[]; at: number }>

export type PeopleWatch = { wake(): void; stopped: Promise<void> }

export function watchPeople(parts: PeopleParts): PeopleWatch {
  const { clock, signal, connections } = parts
  let early = new AbortController()
  const notBefore = new Map<number, number>()
  const lists: Lists = new Map()

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      early = new AbortController() // news from here on, while reading too, is looked at before the next sleep
      const { signal: news } = early
      for (const connection of connections)
        if ((notBefore.get(connection) ?? 0) <= clock.now() && !(await readNoted(parts, connection, lists)))
          notBefore.set(connection, clock.now() + waitMs.trouble)
      // A sleep cut short, by the signal or by news: either way the loop looks again.
      await clock.sleep(waitMs.look, AbortSignal.any([signal, news])).catch(() => undefined)
    }
  }
  return { wake: () => early.abort(), stopped: loop() }
}

/** False where there was trouble. A project that cannot be read stops no other; a barred way, or a directory not shown, stops them all. */
async function readNoted(parts: PeopleParts, connection: number, lists: Lists): Promise<boolean> {
  const { raw } = parts.reader
  const asked = peopleToAsk(raw, connection, parts.clock.now())
  if (asked !== null && (await noted(parts, connection, null, () => readDirectory(parts, connection, asked))) !== null) return false
  let well = true
  for (const project of projectsToAsk(raw, connection, parts.clock.now())) {
    const trouble = await noted(parts, connection, project, () => readProject(parts, connection, project, lists))
    if (trouble !== null && (trouble === 'fault' || ofTheWay.includes(trouble))) return false
    well &&= trouble === null
  }
  return well
}

/** Reads, and tells trouble and its end like that of any list; answers the trouble there was. */
async function noted(
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

const later = ({ clock }: PeopleParts): string => new Date(clock.now() + waitMs.trouble).toISOString()
const told = ({ writer, signal }: PeopleParts, tell: (writer: Writer) => Promise<unknown>): Promise<unknown> =>
  patiently(() => tell(writer), signal)

async function readDirectory(
  { client, writer, clock, signal }: PeopleParts,
  connection: number,
  asked: readonly AskedPerson[],
): Promise<void> {
  const at = clock.now()
  const all: ProcorePerson[] = []
  for await (const page of people(client, signal)) all.push(...page)
  const byEmail = Map.groupBy(all, ({ email }) => plain(email ?? ''))
  const found = asked.map(({ person, email }) => ({ person, ...saidOf(byEmail.get(plain(email)) ?? []) }))
  await patiently(() => writer.call('directorySeen', { connection, people: found, at }), signal)
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

async function readProject(
  { client, writer, clock, signal }: PeopleParts,
  connection: number,
  project: string,
  lists: Lists,
): Promise<void> {
  const known = lists.get(project)
  const serves = known !== undefined && clock.now() - known.at < servesMs
  const list = serves ? known : { at: clock.now(), ids: await peopleOfProject(client, project, signal) }
  lists.set(project, list)
  await patiently(() => writer.call('membersSeen', { connection, project, ...list }), signal)
}
