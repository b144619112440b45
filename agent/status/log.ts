/** The agent's log and readiness: what it does, for the person who looks after it. Never a secret; never an amount at info. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { destination, type Logger, type LoggerOptions, pino } from 'pino'

export type { Logger } from 'pino'

const secretNames = [
  'secret',
  'client_secret',
  'clientSecret',
  'access_token',
  'refresh_token',
  'token',
  'authorization',
  'Authorization',
  'password',
  'jwk',
  'ticket',
  'DPoP',
]
const redact = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`])
const amountNames = /amount|total|^price|^cost$|balance/i
const infoLevel = 30

/** Takes amounts out of what is logged at info and above: they are for debugging on the spot only. */
function withoutAmounts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAmounts)
  if (value === null || typeof value !== 'object' || value instanceof Error) return value
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, amountNames.test(name) ? '[amount]' : withoutAmounts(of)]))
}

const options = (level: string): LoggerOptions => ({
  level,
  redact: { paths: redact, censor: '[secret]' },
  base: null,
  timestamp: () => `,"at":"${new Date().toISOString()}"`,
  hooks: {
    logMethod(args, method, at) {
      const [first, ...rest] = args
      method.apply(this, [at >= infoLevel && typeof first === 'object' ? withoutAmounts(first) : first, ...rest] as typeof args)
    },
  },
})

/** Logs to a file, or to standard output. `reopen` after the file was moved away (log rotation sends SIGHUP). */
export function openLog({ level, file }: { level: string; file: string | null }): { log: Logger; reopen: () => void } {
  if (file === null) return { log: pino(options(level), destination({ dest: 1, sync: true })), reopen: () => {} }
  mkdirSync(dirname(file), { recursive: true })
  const to = destination({ dest: file, sync: true, append: true })
  return { log: pino(options(level), to), reopen: () => to.reopen() }
}
