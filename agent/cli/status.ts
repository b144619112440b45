import type { OverviewAnswer } from '../../shared/api/connections.ts'
import { type CliCommand, exit, type Output } from './command.ts'
import { openAgent } from './open-agent.ts'
import { sayGroup } from './say-group.ts'

/** So many causes fit a screen; the largest come first. */
const groupsShown = 10

export const status: CliCommand = {
  says: 'How fresh everything is, what waits, and every open problem with its next step.',
  usage: 'status                exit code 0: runs and nothing is wrong · 1: open problems · 3: does not run',
  options: {},
  async run({ folder, out, now }) {
    const { running, ask, close } = await openAgent(folder)
    try {
      const overview = await ask('overview')
      const { groups, total, moreGroups = 0 } = await ask('problems', { query: {} })
      const { entries } = await ask('schedule')
      out.say(running ? 'The agent runs.' : 'The agent does not run. Start it: tieback start')
      for (const connection of overview.connections) sayConnection(out, connection, now())
      for (const entry of entries) if (entry.next) out.say(`  next ${entry.name}: ${entry.next}${entry.running ? ' (running now)' : ''}`)
      out.say(sayQueue(overview.queue))
      out.say(total === 0 ? 'Nothing stands in the way.' : `${total} open problem${total === 1 ? '' : 's'}, by cause:`)
      for (const group of groups.slice(0, groupsShown)) sayGroup(out, group)
      const more = groups.length - groupsShown + moreGroups
      if (more > 0) out.say(`  and ${more} more cause${more === 1 ? '' : 's'}; “tieback problems” lists them.`)
      out.result({ running, ...overview, problems: groups, total, schedule: entries })
      if (!running) return exit.notRunning
      return total === 0 ? exit.fine : exit.trouble
    } finally {
      close()
    }
  },
}

type Connection = OverviewAnswer['connections'][number]

function sayConnection(out: Output, { id, name, erpCompany, company, sources, procoreAsOf }: Connection, now: number): void {
  out.say(`Connection ${id} “${name}”: ${erpCompany} ↔ Procore company ${company}, Procore as of ${ago(procoreAsOf, now)}`)
  const known = sources.filter(({ asOf, writing }) => asOf !== null || writing)
  if (known.length === 0) out.say('  no export taken yet: put one into the watched folder')
  for (const { entity, asOf, file, writing, creating, missed } of known) {
    const may = writing ? (creating ? 'writes and creates' : 'writes') : 'watches only'
    out.say(`  ${entity.padEnd(18)} as of ${ago(asOf, now)}${file ? ` (${file})` : ''}, ${may}`)
    if (missed) out.say(`  ${' '.repeat(18)} OLD: the next export was expected ${missed} and none was taken`)
  }
}

const ago = (time: string | null, now: number): string => {
  if (time === null) return 'never'
  const minutes = Math.round((now - Date.parse(time)) / 60_000)
  return minutes < 120 ? `${time} (${minutes} min ago)` : `${time} (${Math.round(minutes / 60)} h ago)`
}

function sayQueue(queue: OverviewAnswer['queue']): string {
  const parts = Object.entries(queue).map(([state, count]) => `${count} ${state}`)
  return parts.length === 0 ? 'Nothing waits to be sent.' : `Changes not yet confirmed: ${parts.join(', ')}.`
}
