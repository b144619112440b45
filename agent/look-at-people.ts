/**
 * Procore is asked about people at once, because somebody waits: what it refused as of this morning may have been mended since, and would else be
 * seen within a day. Once a minute for the same person and place, two of them in a row, so many for all places of a person and of a connection, within
 * the company's budget, and never longer than a person waits. Beyond that, what Procore said last stands, with its date.
 */
import { callsAMinute } from './calls-a-minute.ts'
import { linkedProjects } from './ledger/linked-projects.ts'
import { everyoneAsked } from './ledger/people-asked.ts'
import type { ProcorePerson } from './procore/companies.ts'
import type { Priority } from './procore/rate-plan.ts'
import { noted, type PeopleParts, readDirectory, readProject, searchDirectory } from './read-people.ts'

/** Whose rights are in question; `project` is null where the project's list is not. */
type PersonAt = { connection: number; person: number; project: string | null }

/** So long a person waits; so long all lists may take when an admin asks for them, and the directory where one looks for somebody. */
const patience = { one: 3_000, all: 20_000, search: 7_000 }
const onceMs = 60_000
/** Lists read in a minute, whatever places they are of: who clicks through many projects must not spend the hour others sync with. */
const mostInAMinute = { person: 6, connection: 12, search: 12 }

/** `due`: when what was spent on it is made up for, once a minute (ms). */
type Looked = { due: number; running: boolean; said: Promise<boolean> }

export type PeopleLooks = {
  /** Resolves once Procore has said how it is, or has not in time; then the ledger holds what is known. */
  one(at: PersonAt): Promise<void>
  /** Everybody, and every linked project; whether all of it could be read. */
  all(connection: number): Promise<boolean>
  /** People of the directory whose name or e-mail holds a text; null where it could not be read in time, or was looked into too often this minute. */
  find(connection: number, text: string): Promise<ProcorePerson[] | null>
}

export function peopleLooks(parts: PeopleParts): PeopleLooks {
  const { reader, clock, client } = parts
  const { rate } = client
  const known = new Map<string, Looked>()
  const ofPerson = callsAMinute(mostInAMinute.person)
  const ofConnection = callsAMinute(mostInAMinute.connection)
  const searches = callsAMinute(mostInAMinute.search)

  /** What is under way serves whoever comes meanwhile; two may follow each other closely: the first was refused, and what was missing is mended. */
  function once(key: string, look: () => Promise<boolean>): Promise<boolean> {
    const now = clock.now()
    for (const [old, { due, running }] of known) if (due <= now && !running) known.delete(old)
    const before = known.get(key)
    if (before && (before.running || before.due - now > onceMs)) return before.said
    const looked: Looked = {
      due: Math.max(before?.due ?? now, now) + onceMs,
      running: true,
      said: look().finally(() => (looked.running = false)),
    }
    known.set(key, looked)
    return looked.said
  }

  /** `look`, if this minute still has a call for it; else nothing new is known. */
  async function spending(connection: number, person: number, look: () => Promise<boolean>): Promise<boolean> {
    const now = clock.now()
    const [one, all] = [`${person}`, `${connection}`]
    if (!ofPerson.has(one, now) || !ofConnection.has(all, now)) return false
    ofPerson.spend(one, now)
    ofConnection.spend(all, now)
    return look()
  }

  /** Like pages of lists while there is plenty; least of all once half the hour is spent. */
  const priority = (): Priority => (rate.left().hour * 2 > rate.perHour() ? 'page' : 'single')

  const inTime = (ms: number): PeopleParts => ({
    ...parts,
    priority: priority(),
    signal: AbortSignal.any([parts.signal, AbortSignal.timeout(ms)]),
  })
  const directory = async (of: PeopleParts, connection: number): Promise<boolean> =>
    (await noted(of, connection, null, () => readDirectory(of, connection, everyoneAsked(reader.raw, connection)))) === null
  const members = async (of: PeopleParts, connection: number, project: string): Promise<boolean> => {
    of.lists.delete(project) // what it said within the hour serves others, not whoever waits for what it says now
    return (await noted(of, connection, project, () => readProject(of, connection, project))) === null
  }

  return {
    async one({ connection, person, project }) {
      const within = inTime(patience.one)
      // Who is new in the directory is in no project's list before they are known.
      const seen = await once(`${connection} ${person}`, () => spending(connection, person, () => directory(within, connection)))
      if (!seen || project === null) return
      await once(`${connection} ${person} ${project}`, () => spending(connection, person, () => members(within, connection, project)))
    },
    all: (connection) =>
      once(`${connection}`, async () => {
        const within = inTime(patience.all)
        let well = await directory(within, connection)
        for (const project of linkedProjects(reader.raw, connection)) well &&= await members(within, connection, project)
        return well
      }),
    async find(connection, text) {
      if (!searches.has(`${connection}`, clock.now())) return null
      searches.spend(`${connection}`, clock.now())
      const found: ProcorePerson[] = []
      const within = inTime(patience.search)
      const trouble = await noted(within, connection, null, async () => void found.push(...(await searchDirectory(within, text))))
      return trouble === null ? found : null
    },
  }
}
