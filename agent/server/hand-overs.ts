/** Id and secret of Procore's app from whoever administers it there (shared/PROTOCOL.md, “Handing over”). What they hand in is passed on and forgotten. */
import { readCode } from '../../shared/pairing.ts'
import { problem } from '../../shared/problem.ts'
import type { Agent, Outcome } from './agent.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import { codeLifeMs } from './codes.ts'
import { done, Refusal, refuse } from './refusal.ts'
import { createTries } from './tries.ts'

export type HandOverRoutes = 'handOvers' | 'makeHandOver' | 'withdrawHandOver' | 'lookHandOver' | 'handIn'

export function handOverHandlers({ handOvers, now }: Agent): Pick<Handlers, HandOverRoutes> {
  const tries = createTries(now)

  /** A wrong code counts against the address it came from, and against the sheet. */
  async function byCode<T>(
    {
      params,
      body,
      address,
      origin,
    }: { params: Record<string, string>; body: { code: string }; address: string | null; origin: string | undefined },
    work: (id: number, code: string, from: { address: string | null; origin: string }) => Promise<Outcome<T>>,
  ): Promise<T> {
    if (origin === undefined) throw refuse(403, 'origin')
    if (!tries.mayTry(address)) throw new Refusal(429, problem('hand-over-code'), { 'Retry-After': String(codeLifeMs / 1000) })
    const found = await work(Number(params['id']), readCode(body.code) ?? '', { address, origin })
    if ('ok' in found) return found.ok
    const isWrong = found.refused.code === 'hand-over-code'
    if (isWrong) tries.miss(address)
    throw new Refusal(isWrong ? 403 : 409, found.refused)
  }

  return {
    handOvers: async () => ({ handOvers: (await handOvers()).list() }),
    async makeHandOver({ body, caller }) {
      const made = await (await handOvers()).make(body, byOf(caller))
      if (made === null) throw refuse(404, 'no-connection')
      return done(made)
    },
    withdrawHandOver: async ({ params, caller }) => ({
      withdrawn: await (await handOvers()).withdraw(Number(params['id']), byOf(caller)),
    }),
    lookHandOver: (call) => byCode(call, async (id, code, from) => (await handOvers()).look(id, code, from)),
    handIn: (call) => byCode(call, async (id, code, from) => (await handOvers()).handIn(id, { ...call.body, code }, from)),
  }
}
