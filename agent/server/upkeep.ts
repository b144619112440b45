import type { AnswerOf, BodyOf } from '../../shared/api.ts'
import type { By } from '../ledger/writing.ts'
import type { Outcome } from './agent.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import { done, refuse } from './refusal.ts'
import { iso, isoOrNull } from './says.ts'

/** What the agent does for itself, and how it is set (upkeep/face.ts). Times in ms. */
export type Upkeep = {
  settings(): Promise<AnswerOf<'settings'>>
  setLogLevel(level: BodyOf<'setLogLevel'>['level'], by: By): Promise<{ level: string; until: number | null }>
  setBackups(daily: BodyOf<'setBackups'>['daily'], by: By): Promise<{ next: number | null }>
  /** False where one is being made already. */
  backUp(by: By): Promise<boolean>
  /** The certificate on the network. `from`: the origin of whoever asks. */
  certificate(): Promise<AnswerOf<'certificate'>>
  ownCertificate(ask: BodyOf<'ownCertificate'>, from: string, by: By): Promise<Outcome<AnswerOf<'certificate'>>>
  giveCertificate(ask: BodyOf<'giveCertificate'>, from: string, by: By): Promise<Outcome<AnswerOf<'certificate'>>>
  certificateBack(from: string, by: By): Promise<Outcome<AnswerOf<'certificate'>>>
}

type Settings = Pick<
  Handlers,
  'settings' | 'setLogLevel' | 'setBackups' | 'backUp' | 'certificate' | 'ownCertificate' | 'giveCertificate' | 'certificateBack'
>

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
    certificate: async () => (await upkeep()).certificate(),
    ownCertificate: async ({ body, caller }) => done(await (await upkeep()).ownCertificate(body, caller.origin, byOf(caller))),
    async giveCertificate({ body, caller }) {
      const isWhole = body.pfx === undefined ? body.pem !== undefined && body.key !== undefined : body.pem === undefined
      if (!isWhole) throw refuse(400, 'pem')
      return done(await (await upkeep()).giveCertificate(body, caller.origin, byOf(caller)))
    },
    certificateBack: async ({ caller }) => done(await (await upkeep()).certificateBack(caller.origin, byOf(caller))),
    backUp: async ({ caller }) => ({ begun: await (await upkeep()).backUp(byOf(caller)) }),
  }
}
