/**
 * Once a day Procore is asked about the people known here: whether they are active, may push to accounting, and which projects list them. One call
 * for the directory and one for each linked project, with the least priority of the company's budget. While it cannot be asked, what was last known holds.
 */
import { peopleToAsk, projectsToAsk } from './ledger/people-asked.ts'
import { ofTheWay } from './procore/commands.ts'
import { noted, type PeopleParts, readDirectory, readProject, troubleMs } from './read-people.ts'

/** How often it is looked whether something is due. */
const lookMs = 20 * 60_000

export type PeopleWatch = { wake(): void; stopped: Promise<void> }

export function watchPeople(parts: PeopleParts): PeopleWatch {
  const { clock, signal, connections } = parts
  let early = new AbortController()
  const notBefore = new Map<number, number>()

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      early = new AbortController() // news from here on, while reading too, is looked at before the next sleep
      const { signal: news } = early
      for (const connection of connections)
        if ((notBefore.get(connection) ?? 0) <= clock.now() && !(await readNoted(parts, connection)))
          notBefore.set(connection, clock.now() + troubleMs)
      // A sleep cut short, by the signal or by news: either way the loop looks again.
      await clock.sleep(lookMs, AbortSignal.any([signal, news])).catch(() => undefined)
    }
  }
  return { wake: () => early.abort(), stopped: loop() }
}

/** False where there was trouble. A project that cannot be read stops no other; a barred way, or a directory not shown, stops them all. */
async function readNoted(parts: PeopleParts, connection: number): Promise<boolean> {
  const { raw } = parts.reader
  const asked = peopleToAsk(raw, connection, parts.clock.now())
  if (asked !== null && (await noted(parts, connection, null, () => readDirectory(parts, connection, asked))) !== null) return false
  let well = true
  for (const project of projectsToAsk(raw, connection, parts.clock.now())) {
    const trouble = await noted(parts, connection, project, () => readProject(parts, connection, project))
    if (trouble !== null && (trouble === 'fault' || ofTheWay.includes(trouble))) return false
    well &&= trouble === null
  }
  return well
}
