/** The agent's log and readiness: what it does, for the person who looks after it. Never a secret; never an amount at info. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { destination, type Logger, type LoggerOptions, pino, stdSerializers } from 'pino'

export type { Logger } from 'pino'

const secretNames = new Set([
  ...['secret', 'client_secret', 'clientSecret', 'password', 'passphrase', 'pfx', 'jwk', 'ticket', 'DPoP'],
  ...['token', 'access_token', 'refresh_token', 'authorization', 'Authorization'],
])
const amountNames = /amount|total|^price|^cost$|balance/i
const infoLevel = 30

/**
 * Takes out secrets, at any depth, and at info and above amounts: they are for debugging on the spot only. One pass of ours: pino's own
 * redaction walks each line once for every name and depth (2026-11: half of all memory an agent used while it went through a full folder).
 */
function cleaned(value: unknown, amounts: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => cleaned(one, amounts))
  if (value instanceof Error) return cleaned(stdSerializers.err(value), amounts)
  if (value === null || typeof value !== 'object' || 'toJSON' in value) return value
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, censored(name, amounts) ?? cleaned(of, amounts)]))
}

const censored = (name: string, amounts: boolean): string | null =>
  secretNames.has(name) ? '[secret]' : amounts && amountNames.test(name) ? '[amount]' : null

const options = (level: string): LoggerOptions => ({
  level,
  base: null,
  serializers: { err: (known: unknown) => known }, // an error is told by `cleaned`, from within
  timestamp: () => `,"at":"${new Date().toISOString()}"`,
  hooks: {
    logMethod([first, ...rest], method, at) {
      const said: unknown = (first as unknown) instanceof Error ? { err: first } : first
      method.apply(this, [cleaned(said, at >= infoLevel), ...rest] as Parameters<typeof method>)
    },
  },
})

/** Each call elsewhere at debug: where to, how it was answered and how long it took, never what was said. */
export const toldFetch =
  (log: Logger, ask: typeof fetch): typeof fetch =>
  async (input, init) => {
    if (!log.isLevelEnabled('debug')) return ask(input, init)
    const { origin, pathname } = new URL(input instanceof Request ? input.url : input)
    const began = performance.now()
    const tell = (status: number | null): void =>
      log.debug({ method: init?.method ?? 'GET', to: origin + pathname, status, ms: Math.round(performance.now() - began) }, 'asked')
    const answer = await ask(input, init).catch((error: unknown) => {
      tell(null)
      throw error
    })
    tell(answer.status)
    return answer
  }

/** Logs to a file, or to standard output. `reopen` after the file was moved away (log rotation sends SIGHUP). */
export function openLog({ level, file }: { level: string; file: string | null }): { log: Logger; reopen: () => void } {
  if (file === null) return { log: pino(options(level), destination({ dest: 1, sync: true })), reopen: () => {} }
  mkdirSync(dirname(file), { recursive: true })
  const to = destination({ dest: file, sync: true, append: true })
  return { log: pino(options(level), to), reopen: () => to.reopen() }
}
