/** Whether a certificate that is handed in can be served: read, its key's, in time, for these names, for a server, and with its chain. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { getCACertificates } from 'node:tls'
import { type Problem, problem } from '../../shared/problem.ts'
import { pfxAsKey } from './certificate-keys.ts'
import { certificatesOf, commonName } from './certificate-said.ts'
import { pfxShown } from './pfx-shown.ts'

export type Given = { pem: string; key: string; passphrase: string } | { pfx: string; passphrase: string }

/** `server`: PEM, the certificate and its chain in order. `key`: PEM, or the whole PFX (certificate-keys.ts). */
export type Taken = { server: string; key: string }

/** What can be served, or the first thing that is wrong with it. `now` in ms. */
export async function checkGiven(given: Given, names: readonly string[], now: number): Promise<Taken | { refused: Problem }> {
  const read = 'pfx' in given ? await fromPfx(given) : fromPem(given)
  if ('refused' in read) return read
  const { leaf, others, key } = read
  const chain = chainOf(leaf, others)
  const refused = wrongWith(leaf, chain, names, now)
  return refused ? { refused } : { server: chain.certs.map(String).join(''), key }
}

type Read = { leaf: X509Certificate; others: readonly X509Certificate[]; key: string } | { refused: Problem }

const unreadable = (found: 'no-certificate' | 'no-key' | 'key-locked' | 'pfx' | 'pfx-passphrase' | 'pfx-old'): { refused: Problem } => ({
  refused: problem('certificate-unreadable', { found }),
})

/** The certificate the key belongs to is the server's, wherever it stands among them. */
function fromPem({ pem, key: text, passphrase }: Extract<Given, { pem: string }>): Read {
  const certs = certificatesOf(pem)
  const [first] = certs
  if (!first) return unreadable('no-certificate')
  const [block = ''] = keyBlock.exec(text) ?? []
  const key = keyIn(block, passphrase)
  if (key === null) return unreadable(/ENCRYPTED/.test(block) ? 'key-locked' : 'no-key')
  const leaf = certs.find((cert) => cert.checkPrivateKey(key))
  if (!leaf) return { refused: problem('certificate-key', { name: commonName(first.subject) }) }
  return { leaf, others: certs, key: key.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

/** Its certificate may stand in the same file. */
const keyBlock = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]+?-----END \1-----/

/** Null where it cannot be read: no key, or another passphrase. */
function keyIn(text: string, passphrase: string): KeyObject | null {
  try {
    return createPrivateKey({ key: text, passphrase })
  } catch {
    return null // OpenSSL says nothing a person could use
  }
}

async function fromPfx({ pfx, passphrase }: Extract<Given, { pfx: string }>): Promise<Read> {
  try {
    const [leaf, ...others] = await pfxShown(Buffer.from(pfx, 'base64'), passphrase)
    return leaf ? { leaf, others, key: pfxAsKey({ pfx, passphrase }) } : unreadable('pfx')
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    // OpenSSL 3, as Node 26 says it (2026-11): a wrong passphrase; RC2 and the like, which Windows Server 2016 and older export.
    return unreadable(/mac verify failure/i.test(said) ? 'pfx-passphrase' : /unsupported/i.test(said) ? 'pfx-old' : 'pfx')
  }
}

/** `missing`: who issued the last of them and is neither given nor known to this computer; null where the chain is whole. */
type Chain = { certs: X509Certificate[]; missing: string | null }

function chainOf(leaf: X509Certificate, others: readonly X509Certificate[]): Chain {
  const certs = [leaf]
  for (let last = leaf; ; ) {
    if (isSignedBy(last, last)) return { certs, missing: null }
    const issuer = others.find((one) => !certs.includes(one) && isSignedBy(last, one))
    if (!issuer) return { certs, missing: isTrustedHere(last) ? null : commonName(last.issuer) }
    certs.push(issuer)
    last = issuer
  }
}

const isSignedBy = (cert: X509Certificate, issuer: X509Certificate): boolean => cert.checkIssued(issuer) && cert.verify(issuer.publicKey)

/** Authorities that browsers know, or that this computer was told of: those need not be sent along. */
function isTrustedHere(cert: X509Certificate): boolean {
  const known = new Set([...getCACertificates('bundled'), ...getCACertificates('system')])
  return [...known].some((pem) => isSignedBy(cert, new X509Certificate(pem)))
}

/** A server's, in the words of RFC 5280, 4.2.1.12; none named is every use. */
const serverAuth = '1.3.6.1.5.5.7.3.1'

function wrongWith(leaf: X509Certificate, { certs, missing }: Chain, names: readonly string[], now: number): Problem | null {
  const name = commonName(leaf.subject)
  const ended = certs.find(({ validFromDate, validToDate }) => now < validFromDate.getTime() || now >= validToDate.getTime())
  if (ended) {
    const [since, until] = [ended.validFromDate, ended.validToDate].map((at) => at.toISOString())
    return problem('certificate-ended', { name: commonName(ended.subject), since: String(since), until: String(until) })
  }
  const uses = leaf.keyUsage as string[] | undefined
  if (leaf.ca || (uses && !uses.includes(serverAuth))) return problem('certificate-unfit', { name })
  const lacking = names.filter((one) => !covers(leaf, one))
  if (lacking.length > 0) return problem('certificate-names', { name, names: lacking.join(', ') })
  return missing === null ? null : problem('certificate-chain', { name, issuer: missing })
}

/** As browsers see it: by its alternative names alone. */
const covers = (cert: X509Certificate, name: string): boolean =>
  (isIP(name) ? cert.checkIP(name) : cert.checkHost(name, { subject: 'never' })) !== undefined
