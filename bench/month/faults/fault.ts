/** What goes wrong in the month: one small file each, all of one shape; index.ts lists them, ../plan.ts draws day and step. */
import type { Problem, ProblemCode } from '../../../shared/problem.ts'
import type { Random } from '../../../test/procore/random.ts'
import type { StandIn } from '../../../test/procore/stand-in.ts'
import type { Office } from '../office.ts'
import type { ProcoreSide } from '../procore-side.ts'
import type { SimClock } from '../sim-clock.ts'

export const hour = 3_600_000

/** What a fault may lay its hands on. */
export type World = {
  folder: string
  standIn: StandIn
  side: ProcoreSide
  clock: SimClock
  /** What holds for the agent: the secret it was given, and how far its clock is off. */
  given: { secret: string; skewMs: number }
  /** The agent that runs; throws at dawn, when none does. */
  office(): Office
  /** It ends as a process that is killed. */
  kill(): void
  /** It starts again; rejects with what keeps it from it. */
  reopen(): Promise<void>
  /** It starts, works until nothing waits that could go, and stops: started again by night. */
  settled(): Promise<void>
  /** It told this on its way out, where no ledger could take it. */
  told(problem: Problem): void
  /** All it told so, to whoever asked. */
  toldSoFar(): readonly Problem[]
}

/** The day's file it strikes at, as it would come without it; `take` brings another in its place, of that age. */
export type Struck = {
  name: string
  bytes: Buffer
  rows: number
  take: (bytes: Buffer, rows: number | null, ageMs?: number) => Promise<string>
}

/** Before the agent starts · as a file comes · after some of the day's calls. */
export type Step = 'dawn' | 'file' | 'sending'

/** Ends the cause. */
export type Stop = () => void | Promise<void>

export type Fault = {
  /** Where in the day it may strike; one is drawn. */
  steps: readonly [Step, ...Step[]]
  /** The one file it strikes at, where not every one would meet it. */
  only?: string
  /** A day it cannot strike on: the proof of one is the next day, another is met only by what is known. */
  never?: 'first' | 'last'
  /** What the agent must have said; null where it goes on so well that there is nothing to say. */
  says: ProblemCode | null
  /** Each of these must be named in what it said. */
  names?(world: World): readonly string[]
  /** How long it lasts, ms; without it until the file was tried, or until night. */
  lastsMs?: number
  start(world: World, chance: Random, file: Struck | null): Stop | Promise<Stop>
}

/** For what is over at once. */
export const over: Stop = () => undefined
