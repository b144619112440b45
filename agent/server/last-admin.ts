import type { Role } from '../../shared/pairing.ts'
import type { Reader } from './agent.ts'
import { refuse } from './refusal.ts'

/** Refuses to take the role from the only admin there is: nobody could let anybody in again. */
export function requireAnAdmin({ raw }: Reader, { email, role }: { email: string; role: Role }): void {
  if (role === 'admin') return
  const admins = raw.prepare("SELECT email FROM people WHERE role = 'admin' AND suspended_at IS NULL").all()
  const is = (other: unknown): boolean => String(other).toLowerCase() === email.toLowerCase()
  if (admins.length === 1 && is(admins[0]?.['email'])) throw refuse(409, 'last-admin', { email })
}
