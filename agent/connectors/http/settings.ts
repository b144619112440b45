/** Where a connector that is asked over HTTP is, and how often it is. */
import * as z from 'zod/mini'

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** Secrets and books travel encrypted; on this very computer nothing travels. An address holds neither a login nor a query. */
function mayBeAsked(text: string): boolean {
  const url = URL.parse(text)
  if (url === null) return false
  const { protocol, hostname, username, password, search, hash } = url
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname))
}

const httpSettings = z.object({
  /** The operations stand right under it: `<url>/describe`. */
  url: z.url().check(z.refine(mayBeAsked)),
  everyMinutes: z._default(z.int().check(z.gte(1), z.lte(10_080)), 60),
  /** After so many hours all of it is read again, not what changed alone: only all of it can show what is gone. */
  wholeHours: z._default(z.int().check(z.gte(1), z.lte(720)), 24),
  /** How long copies of what was read are kept. */
  keepDays: z._default(z.int().check(z.gte(1), z.lte(3650)), 14),
})

export type HttpSettings = z.input<typeof httpSettings>
export type Http = z.output<typeof httpSettings>

/** Settings with what they leave out filled in. Throws a ZodError naming the field. */
export const httpOf = (settings: HttpSettings): Http => httpSettings.parse(settings)

export const httpFault = (settings: HttpSettings): string | null => {
  const { error } = httpSettings.safeParse(settings)
  return error ? String(error.issues[0]?.path[0] ?? 'url') : null
}
