import { randomInt, scryptSync, timingSafeEqual } from 'node:crypto'
import { codeLetters } from '../../shared/pairing.ts'

/** How long a code lives, and how often it may be missed. */
export const codeLifeMs = 120_000
export const codeTries = 5

/** Eight letters without look-alikes: 30⁸ codes. */
export const newCode = (): string => Array.from({ length: 8 }, () => codeLetters[randomInt(codeLetters.length)]).join('')

/** What the ledger keeps of a code: slow to guess, useless after two minutes. */
export const hashCode = (code: string, salt: string): string => `${salt}$${scryptSync(code, salt, 32, { N: 4096 }).toString('base64url')}`

/** Whether this is the code that was hashed. */
export function isCode(code: string, stored: string): boolean {
  const made = Buffer.from(hashCode(code, stored.split('$')[0] ?? ''))
  const kept = Buffer.from(stored)
  return made.length === kept.length && timingSafeEqual(made, kept)
}
