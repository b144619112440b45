import { problem } from '../../shared/problem.ts'
import type { Agent } from './agent.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import { newCode } from './codes.ts'
import { Refusal, refuse } from './refusal.ts'
import { iso } from './says.ts'

/** The sheet to print while all is well, and the way back in where no admin's browser is left. */
export function recoveryHandlers({ reader: { raw }, now, recovery, write }: Agent): Pick<Handlers, 'recovery' | 'breakGlass'> {
  return {
    async recovery() {
      const admins = raw.prepare("SELECT name, email FROM people WHERE role = 'admin' AND suspended_at IS NULL ORDER BY name").all()
      return {
        ...(await recovery()),
        admins: admins.map(({ name, email }) => ({ name: String(name), email: String(email) })),
        at: iso(now()),
      }
    },
    async breakGlass({ body: { email, name, shutOut }, caller }) {
      if (caller.origin !== 'cli') throw refuse(403, 'command-line-alone')
      const known = raw.prepare('SELECT name, suspended_at FROM people WHERE lower(email) = lower(?)').get(email)
      if (known && known['suspended_at'] !== null) throw new Refusal(409, problem('person-suspended', { name: String(known['name']) }))
      const called = name ?? (known ? String(known['name']) : undefined)
      if (called === undefined) throw refuse(400, 'name')
      const code = newCode()
      const done = await write('breakGlass', { name: called, email, code, shutOut, by: byOf(caller) })
      return { ...done, person: String(done.person), name: called, code, expiresAt: iso(done.expiresAt) }
    },
  }
}
