/** The certificate on the network: shown, made, handed in, gone back from, renewed. Taken without a restart, and told to nobody but by its public part. */
import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { AnswerOf } from '../../shared/api.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { CertificateEnds } from '../ledger/certificate-ends.ts'
import type { Writer } from '../ledger/writer-proxy.ts'
import type { By } from '../ledger/writing.ts'
import type { Outcome } from '../server/agent.ts'
import type { ListenAt } from '../server/listen.ts'
import { isDue, renewDays } from '../server/tls.ts'
import { checkGiven, type Given } from '../settings/certificate-check.ts'
import { forgetKey, keepKey } from '../settings/certificate-keys.ts'
import { certificateSaid, firstEnd } from '../settings/certificate-said.ts'
import { type Kept, keptBefore, keptNow, makeOwn, replace, serverTls, tlsIn } from '../settings/certificates.ts'
import { ownNames } from '../settings/own-names.ts'
import type { Secrets } from '../settings/secrets.ts'
import { openSettings, type SettingsFile } from '../settings/settings.ts'

export type CertificateParts = {
  folder: string
  secrets: Secrets
  now: () => number
  writer: Pick<Writer, 'call'>
  /** Listens with it from now on. */
  overTls: (at: ListenAt) => Promise<void>
}
/** `from`: where the call came from, an origin. */
type Ask = { names: readonly string[]; port: number | undefined; from: string; by: By }
type Told = AnswerOf<'certificate'>
type Refused = { refused: Problem }

const dayMs = 86_400_000
const usualPort = 4712
/** Its end is told when fewer days than these are left, each time anew. */
const warnDays = [3, 14, 30]
const agentItself: By = { person: null, origin: 'agent' }

export type Certificates = ReturnType<typeof certificatesOf>

export function certificatesOf({ folder, secrets, now, writer, overTls }: CertificateParts) {
  const settingsFile = async (): Promise<SettingsFile> => {
    const file = await openSettings(folder)
    if (!file) throw new Error(`There is no tieback.json in ${folder}.`)
    return file
  }

  async function told(): Promise<Told> {
    const { lan } = (await settingsFile()).data.listen
    const [kept, before] = [lan && (await keptNow(folder, lan.names)), await keptBefore(folder)]
    const said = kept && certificateSaid(kept)
    return {
      lan: lan && { names: lan.names, port: lan.port },
      certificate: said,
      authority: kept?.authority ? authoritySaid(kept.authority) : null,
      renewsAt: said?.how === 'own' ? new Date(Date.parse(said.until) - renewDays * dayMs).toISOString() : null,
      before: before && certificateSaid(before),
      proposed: ownNames().map((name) => name.toLowerCase()),
    }
  }

  /** Served first, for a port may be taken; then kept, and written down as an act. */
  async function take(next: Kept, act: string, by: By, port = usualPort): Promise<Outcome<Told>> {
    const file = await settingsFile()
    const { lan } = file.data.listen
    const before = lan && (await keptNow(folder, lan.names))
    const at = { address: lan?.address ?? '0.0.0.0', port: lan?.port ?? port }
    const refused = await overTls({ ...at, names: next.names, tls: await tlsIn(secrets, next) }).catch((error: NodeJS.ErrnoException) =>
      problem('certificate-port', { port: at.port, reason: error.code ?? error.message }),
    )
    if (refused) return { refused }
    await replace(folder, secrets, next, before)
    await file.change((data) => {
      data.listen.lan = { ...at, names: next.names }
    })
    await writer.call('certificateSet', { act, before: before && certificateSaid(before), after: certificateSaid(next), by })
    return { ok: await told() }
  }

  /** By the authority browsers trust already; anybody who is connected stays so. */
  async function renew(kept: Kept, { address, port, names }: NonNullable<SettingsFile['data']['listen']['lan']>): Promise<Kept> {
    await overTls({ address, port, names, tls: await serverTls(folder, secrets, names, now()) })
    const renewed = (await keptNow(folder, names)) ?? kept
    const [before, after] = [certificateSaid(kept), certificateSaid(renewed)]
    await writer.call('certificateSet', { act: 'certificate-renewed', before, after, by: agentItself })
    return renewed
  }

  return {
    told,
    /** Renews the agent's own when it is about to end, and tells of one that ends and is not renewed by itself. */
    async look(): Promise<void> {
      const { lan } = (await settingsFile()).data.listen
      const kept = lan && (await keptNow(folder, lan.names))
      if (!lan || !kept) return writer.call('certificateEnds', { ends: null })
      let renewed = kept
      try {
        if (kept.authority !== null && isDue(kept.server, lan.names, now())) renewed = await renew(kept, lan)
      } finally {
        await writer.call('certificateEnds', { ends: endsSoon(renewed, now()) })
      }
    },
    async own({ names, port, from, by }: Ask): Promise<Outcome<Told>> {
      const plain = namesIn(names, from)
      if ('refused' in plain) return plain
      const { name } = (await settingsFile()).data
      const made = await makeOwn(secrets, name, plain.names, now())
      const taken = await take(made, 'certificate-made', by, port)
      if ('refused' in taken && made.authority !== null) {
        await forgetKey(secrets, made.server)
        await forgetKey(secrets, made.authority)
      }
      return taken
    },
    async given(given: Given, { names, port, from, by }: Ask): Promise<Outcome<Told>> {
      const plain = namesIn(names, from)
      if ('refused' in plain) return plain
      const checked = await checkGiven(given, plain.names, now())
      if ('refused' in checked) return checked
      await keepKey(secrets, checked.server, checked.key)
      return take({ server: checked.server, authority: null, names: plain.names }, 'certificate-given', by, port)
    },
    async back({ from, by }: Pick<Ask, 'from' | 'by'>): Promise<Outcome<Told>> {
      const before = await keptBefore(folder)
      if (before === null) return { refused: problem('request-refused', { reason: 'no-certificate-before' }) }
      const plain = namesIn(before.names, from)
      if ('refused' in plain) return plain
      const { subject, from: since, until } = certificateSaid(before)
      if (Date.parse(until) <= now()) return { refused: problem('certificate-ended', { name: subject, since, until }) }
      return take(before, 'certificate-back', by)
    },
  }
}

function endsSoon(kept: Kept, now: number): CertificateEnds | null {
  const { name, at } = firstEnd(kept)
  const days = warnDays.find((left) => at - now < left * dayMs)
  return days === undefined ? null : { name, until: new Date(at).toISOString(), days }
}

/** Host names and addresses in small letters, each once; or what is wrong with them. Whoever calls over the network must be among them. */
function namesIn(names: readonly string[], from: string): { names: string[] } | Refused {
  const plain = [...new Set(names.map((name) => name.trim().toLowerCase()).filter((name) => name !== ''))]
  const wrong = plain.find((name) => isIP(name) === 0 && !hostName.test(name))
  if (wrong !== undefined) return { refused: problem('certificate-name', { name: wrong }) }
  const asked = from.startsWith('https://') ? new URL(from).hostname.replaceAll(/[[\]]/g, '') : null
  return asked === null || plain.includes(asked) ? { names: plain } : { refused: problem('certificate-shuts-out', { name: asked }) }
}

/** Labels of letters, digits and dashes (RFC 1123); an underscore, as some Windows computers are called. */
const hostName = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/

function authoritySaid(pem: string): NonNullable<Told['authority']> {
  const { fingerprint256, validToDate } = new X509Certificate(pem)
  return { pem, fingerprint: fingerprint256, until: validToDate.toISOString() }
}
