import 'reflect-metadata'
import { createHash } from 'node:crypto'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(crypto)
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/**
 * How browsers are told to trust one certificate. `spki` is the SHA-256 of the public key in base64, for Chromium's
 * `--ignore-certificate-errors-spki-list`; `fingerprint` the SHA-256 of the certificate as `AA:BB…`, for Firefox's exceptions.
 */
export type Pins = { spki: string; fingerprint: string }

/** A server certificate nobody else trusts. */
export type Certificate = Pins & { key: string; cert: string; ca: string }

/** Makes a certificate authority for this run only and, signed by it, one server certificate for the given names. Valid one day. */
export async function makeCertificate(names: string[] = ['*.procore.com']): Promise<Certificate> {
  const dates = { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + 86_400_000) }
  const caKeys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: 'CN=Tieback test authority',
    ...dates,
    signingAlgorithm: algorithm,
    keys: caKeys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
  })
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const server = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${names[0]}`,
    issuer: ca.subject,
    ...dates,
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.map(nameOf)),
    ],
  })
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  const caPem = ca.toString('pem')
  return { key, cert: `${server.toString('pem')}\n${caPem}`, ca: caPem, ...pinsOf(Buffer.from(server.rawData)) }
}

/** What browsers are told of a certificate (DER). */
export function pinsOf(der: Buffer): Pins {
  const server = new x509.X509Certificate(new Uint8Array(der))
  const sha256 = (bytes: ArrayBuffer): Buffer => createHash('sha256').update(new Uint8Array(bytes)).digest()
  const fingerprint = sha256(server.rawData).toString('hex').toUpperCase().match(/../g) ?? []
  return { spki: sha256(server.publicKey.rawData).toString('base64'), fingerprint: fingerprint.join(':') }
}

const nameOf = (value: string): x509.JsonGeneralName => ({ type: /^[\d.]+$/.test(value) ? 'ip' : 'dns', value })
const serial = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(8)))
    .toString('hex')
    .replace(/^./, '1')
