/** Certificates as an office hands them in: of an authority of its own, made here. */
import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { makeAuthority } from '../../../agent/server/tls.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const dayMs = 86_400_000

export type Issuer = { cert: string; key: string }

export type Made = { name?: string; dns?: string[]; ips?: string[]; from?: number; days?: number; ca?: boolean; use?: string }

const pem = async (key: CryptoKey): Promise<string> => {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`
}
const signing = (key: string) =>
  crypto.subtle.importKey('pkcs8', Buffer.from(key.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'), algorithm, false, ['sign'])

/** An office's own authority; browsers of the world do not know it. */
export const officeAuthority = (now: number): Promise<Issuer> => makeAuthority('Office CA', ['erp.office.example', '127.0.0.2'], now)

/** A certificate the office issued. */
export async function issued(by: Issuer, now: number, made: Made = {}): Promise<Issuer> {
  const { name = 'erp.office.example', dns = ['erp.office.example'], ips = ['127.0.0.2'], from = -1, days = 90, ca = false } = made
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const cert = await X509CertificateGenerator.create({
    serialNumber: `00${crypto.randomUUID().replaceAll('-', '')}`,
    subject: `CN=${name}`,
    issuer: new X509Certificate(by.cert).subject,
    notBefore: new Date(now + from * dayMs),
    notAfter: new Date(now + days * dayMs),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: await signing(by.key),
    extensions: [
      new BasicConstraintsExtension(ca, undefined, true),
      new ExtendedKeyUsageExtension([made.use ?? ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...dns.map((value) => ({ type: 'dns' as const, value })),
        ...ips.map((value) => ({ type: 'ip' as const, value })),
      ]),
    ],
  })
  return { cert: `${cert.toString('pem')}\n`, key: await pem(keys.privateKey) }
}
