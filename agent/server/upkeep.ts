import type { AnswerOf, BodyOf } from '../../shared/api.ts'
import type { By } from '../ledger/writing.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import { iso, isoOrNull } from './says.ts'

/** What the agent does for itself, and how it is set (upkeep/face.ts). Times in ms. */
export type Upkeep = {
  settings(): Promise<AnswerOf<'settings'>>
  setLogLevel(level: BodyOf<'setLogLevel'>['level'], by: By): Promise<{ level: string; until: number | null }>
  setBackups(daily: BodyOf<'setBackups'>['daily'], by: By): Promise<{ next: number | null }>
  /** False where one is being made already. */
  backUp(by: By): Promise<boolean>
}

type Settings = Pick<Handlers, 'settings' | 'setLogLevel' | 'setBackups' | 'backUp'>

export function upkeepHandlers({ upkeep }: { upkeep: () => Promise<Upkeep> }): Settings {
  return {
    settings: async () => (await upkeep()).settings(),
    async setLogLevel({ body: { level }, caller }) {
      const set = await (await upkeep()).setLogLevel(level, byOf(caller))
      return { level: set.level, until: isoOrNull(set.until) }
    },
    async setBackups({ body: { daily }, caller }) {
      const { next } = await (await upkeep()).setBackups(daily, byOf(caller))
      return { next: next === null ? null : iso(next) }
    },
    backUp: async ({ caller }) => ({ begun: await (await upkeep()).backUp(byOf(caller)) }),
  }
}
