/** Access tokens by client credentials (procore-api.md 2): one refresher, renewed before the end, the secret never logged nor kept. */
import { problem } from '../../shared/problem.ts'
import { down, ProcoreTrouble, wordsOf } from './errors.ts'
import { parseExact } from './exact-json.ts'
import { isRaw } from './reading.ts'
import type { ProcoreSettings } from './settings.ts'

export type Tokens = {
  /** A token good for at least a few more minutes. */
  token(): Promise<string>
  /** Procore refused this token: the next `token()` fetches another, unless somebody already has. */
  drop(token: string): void
}

/** A token lives 90 minutes by the docs; the answer says how long, and we renew this much earlier. */
const renewMs = 5 * 60_000
/** A refused secret is not tried again for so long: nobody is helped by hammering. Another one is tried at once. */
const refusedMs = 60_000

type Held = { text: string; until: number }
type Parts = { settings: Pick<ProcoreSettings, 'clientId' | 'secret' | 'loginBase'>; fetch: typeof fetch; now: () => number }

export function tokens({ settings, fetch, now }: Parts): Tokens {
  let held: Held | null = null
  let refused: { trouble: ProcoreTrouble; until: number; secret: string } | null = null
  let underWay: Promise<string> | null = null

  const renew = async (): Promise<string> => {
    const secret = await settings.secret()
    if (refused && now() < refused.until && refused.secret === secret) throw refused.trouble
    try {
      held = await askToken({ settings, fetch, now }, secret)
      return held.text
    } catch (cause) {
      if (cause instanceof ProcoreTrouble && cause.retryAt === null) refused = { trouble: cause, until: now() + refusedMs, secret }
      throw cause
    }
  }

  return {
    async token() {
      if (held && now() < held.until) return held.text
      underWay ??= renew().finally(() => {
        underWay = null
      })
      return underWay
    },
    drop(token) {
      if (held?.text === token) held = null
    },
  }
}

async function askToken({ settings, fetch, now }: Parts, secret: string): Promise<Held> {
  const form = { grant_type: 'client_credentials', client_id: settings.clientId, client_secret: secret }
  const started = now()
  const { status, text } = await post(fetch, `${settings.loginBase}/oauth/token`, JSON.stringify(form), started)
  const body = readable(text)
  if (status === 200 && isRaw(body) && typeof body['access_token'] === 'string' && typeof body['expires_in'] === 'number')
    return { text: body['access_token'], until: started + Math.max(body['expires_in'] * 1_000 - renewMs, 1_000) }
  throw refusal(status, body, started)
}

async function post(fetch: Parts['fetch'], address: string, body: string, now: number): Promise<{ status: number; text: string }> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  try {
    const answer = await fetch(address, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(30_000) })
    return { status: answer.status, text: (await answer.text()).slice(0, 65_536) }
  } catch {
    // The cause may quote the request, and with it the secret: it is not passed on.
    throw down({ reason: 'login-silent' }, now + 10_000)
  }
}

function readable(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return null
  }
}

/** 400 and 401 are a wrong id or secret, 403 an app not connected; anything else passes by itself. */
function refusal(status: number, body: unknown, now: number): ProcoreTrouble {
  if (status === 400 || status === 401) return new ProcoreTrouble(problem('procore-secret', { text: wordsOf(body) }))
  if (status === 403) return new ProcoreTrouble(problem('procore-not-connected'))
  return down({ reason: 'login-answered', status }, now + 10_000)
}
