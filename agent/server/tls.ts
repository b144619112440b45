/** The agent's own certificate authority, for the names and addresses it is known by and no others; its certificate is rolled out to browsers. */
import 'reflect-metadata'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { nameConstraints } from './name-constraints.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const dayMs = 86_400_000
const authorityDays = 3650
/** No browser takes a server certificate that lasts longer than 398 days. */
const serverDays = 397
/** A server certificate is made anew when less than this is left of it. */
export const renewDays = 30

cryptoProvider.set(crypto)

/** A certificate with its private key, both PEM. */
export type Issued = { cert: string; key: string }

/** Makes an authority that can sign for these host names and IP addresses only. */
export async function makeAuthority(name: string, names: readonly string[], now: number): Promise<Issued> {
  const keys = await newKeys()
  const { subject, ...rest } = common(`CN=Tieback ${safe(name)}`, now, authorityDays)
  const cert = await X509CertificateGenerator.createSelfSigned({
    ...rest,
    name: subject,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      nameConstraints(names),
    ],
  })
  return { cert: cert.toString('pem'), key: await toPem(keys.privateKey) }
}

/** A server certificate for these names, signed by the authority. */
export async function issueServer(authority: Issued, names: readonly string[], now: number): Promise<Issued> {
  const issuer = new X509Certificate(authority.cert)
  const keys = await newKeys()
  // A common name that could be a host name is held against the constraints for host names, even an address (OpenSSL); with a blank it is none.
  const cert = await X509CertificateGenerator.create({
    ...common(`CN=Tieback at ${safe(names[0] ?? 'this computer')}`, now, serverDays),
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await fromPem(authority.key),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }))),
      await AuthorityKeyIdentifierExtension.create(await issuer.publicKey.export()),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { cert: cert.toString('pem'), key: await toPem(keys.privateKey) }
}

/** Whether a certificate is about to end, or does not cover these names. */
export function isDue(cert: string, names: readonly string[], now: number): boolean {
  const read = new X509Certificate(cert)
  const covered = read.getExtension(SubjectAlternativeNameExtension)?.names.items.map(({ value }) => value.toLowerCase()) ?? []
  return read.notAfter.getTime() - now < renewDays * dayMs || !names.every((name) => covered.includes(name.toLowerCase()))
}

const common = (subject: string, now: number, days: number) => ({
  serialNumber: `00${crypto.randomUUID().replaceAll('-', '')}`,
  subject,
  notBefore: new Date(now - dayMs), // clocks of browsers may be behind
  notAfter: new Date(now + days * dayMs),
  signingAlgorithm: algorithm,
})

const safe = (text: string): string => text.replaceAll(/[^\w .-]/g, ' ').slice(0, 60)

const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

async function toPem(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${der.match(/.{1,64}/g)?.join('\n')}\n-----END PRIVATE KEY-----\n`
}

const fromPem = (pem: string) =>
  crypto.subtle.importKey('pkcs8', Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'), algorithm, false, ['sign'])
