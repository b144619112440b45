/** What a certificate says of itself, for people. No key is ever among it. */
import { X509Certificate } from 'node:crypto'
import type { Kept } from './certificates.ts'

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** All certificates of a PEM text; none of one that cannot be read. */
export function certificatesOf(pem: string): X509Certificate[] {
  try {
    return (pem.match(block) ?? []).map((text) => new X509Certificate(text))
  } catch {
    return [] // damaged: as good as none
  }
}

/** `CN=Tieback at erp\nO=…` → what people call it; nothing where it has no name, as authorities made by agents before this one. */
export const commonName = (subject: string | undefined): string =>
  /(?:^|\n)CN=([^\n]*)/.exec(subject ?? '')?.[1] ?? (subject ?? '').replaceAll('\n', ', ')

export type CertificateSaid = {
  subject: string
  issuer: string
  names: string[]
  from: string
  until: string
  fingerprint: string
  /** Of the agent's own authority, or handed in. */
  how: 'own' | 'given'
}

export function certificateSaid({ server, authority }: Kept): CertificateSaid {
  const cert = new X509Certificate(server)
  return {
    subject: commonName(cert.subject),
    issuer: commonName(cert.issuer) || 'Tieback',
    names: (cert.subjectAltName ?? '').split(', ').flatMap((one) => /^(?:DNS|IP Address):(.*)$/.exec(one)?.[1] ?? []),
    from: cert.validFromDate.toISOString(),
    until: cert.validToDate.toISOString(),
    fingerprint: cert.fingerprint256,
    how: authority === null ? 'given' : 'own',
  }
}

/** Of all that is shown to browsers, what ends first: a chain is no longer than that. ms. */
export function firstEnd({ server, authority }: Kept): { name: string; at: number } {
  const all = [...certificatesOf(server), ...(authority === null ? [] : certificatesOf(authority))]
  const [first] = all.toSorted((a, b) => a.validToDate.getTime() - b.validToDate.getTime())
  return { name: first ? commonName(first.subject) : '', at: first?.validToDate.getTime() ?? 0 }
}
