/** What goes wrong in the month: drawn by seed, each day two or three troubles of Procore, and set days for troubles of files, clock and process. */
import type { FaultRule } from '../../test/procore/faults.ts'
import { type Random, random } from '../../test/procore/random.ts'
import type { StandIn } from '../../test/procore/stand-in.ts'
import { lateCode, size } from './firm.ts'
import { addCode, type ProcoreSide } from './procore-side.ts'
import type { SimClock } from './sim-clock.ts'

export type BadDay = {
  /** Names of what happens, for the report. */
  troubles: string[]
  /** The agent's clock against Procore's. */
  skewMs: number
  /** The agent is killed so long after the day's first call. */
  killAfterCalls: number | null
}

type World = { standIn: StandIn; side: ProcoreSide; clock: SimClock; setSecret: (secret: string) => void }

const hour = 3_600_000
const published = { hourly: 600, spike: 25 }

const writes = /\/sync$|contract_payments/

/** Each starts its trouble, and sees to it that the cause goes away. */
const troubles: Record<string, (world: World, chance: Random) => void> = {
  'answers lost after commit': ({ standIn }, chance) => standIn.faults.add(...some(chance, { do: 'drop after commit' })),
  'answers cut off': ({ standIn }, chance) => standIn.faults.add(...some(chance, { do: 'drop mid-answer' })),
  'calls lost on the way': ({ standIn }, chance) => standIn.faults.add(...some(chance, { do: 'drop before reading' })),
  'errors 502': ({ standIn }, chance) => standIn.faults.add(...some(chance, { do: 'answer', status: 502 })),
  'busy 503': ({ standIn }, chance) => standIn.faults.add(...some(chance, { do: 'answer', status: 503, retryAfterSeconds: 40 })),
  'Procore down for an hour': ({ standIn, clock }) => {
    standIn.faults.add({
      when: { test: () => true },
      fault: { do: 'answer', status: 503, retryAfterSeconds: 120 },
      times: 1_000_000,
      after: 20,
    })
    clock.at(clock.now() + hour, () => standIn.faults.clear())
  },
  'secret expired': ({ standIn, clock, setSecret }) => {
    setSecret('expired')
    standIn.tokens.revokeAll()
    clock.at(clock.now() + hour, () => setSecret(''))
  },
  'projects taken away': ({ side: { company, projects }, clock }, chance) => {
    const away = new Set(chance.shuffled([...projects.values()]).slice(0, 3))
    company.permittedProjects = new Set([...projects.values()].filter((id) => !away.has(id)))
    clock.at(clock.now() + 2 * hour, () => {
      company.permittedProjects = 'all'
    })
  },
  'rate limit lowered': ({ standIn, clock }) => {
    standIn.rate.limits = { hourly: 300, spike: 12 }
    clock.at(clock.now() + 6 * hour, () => {
      standIn.rate.limits = published
    })
  },
}

const some = (chance: Random, fault: FaultRule['fault']): FaultRule[] => [
  { when: { path: writes }, fault, after: chance.whole(0, 3), times: chance.whole(1, 3) },
]

export function badDay(seed: number, day: number, world: World): BadDay {
  const chance = random(seed * 1_000 + day)
  const names = chance.shuffled(Object.keys(troubles)).slice(0, day === 0 ? 1 : chance.whole(2, 3))
  for (const name of names) troubles[name]?.(world, chance)
  if (day === lateCode.addedOn) {
    const project = [...world.side.projects.values()][lateCode.job]
    if (project !== undefined) addLateCode(world.side, project)
  }
  return {
    troubles: names,
    skewMs: day === 4 ? 2 * hour : 0,
    killAfterCalls: day % 3 === 1 && day < size.days - 1 ? chance.whole(5, 60) : null,
  }
}

/** The project people add the missing code, to the project and to its sub jobs. */
function addLateCode({ company }: ProcoreSide, project: number): void {
  const subJobs = company.tables.sub_jobs.where((one) => one.project_id === project)
  for (const subJob of [null, ...subJobs.map(({ id }) => id)]) addCode(company, project, subJob, lateCode.code, 99)
}
