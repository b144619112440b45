/** The certificate the agent is reached with over the network. No route ever answers a private key. */
import * as z from 'zod/mini'
import { route } from './route.ts'
import { Time } from './values.ts'

const CertificateShape = z.object({
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  /** SHA-256, as browsers show it. */
  fingerprint: z.string(),
  /** Of the agent's own authority, or handed in. */
  how: z.enum(['own', 'given']),
})
export type CertificateShape = z.infer<typeof CertificateShape>

const Names = z.array(z.string().check(z.minLength(1), z.maxLength(253))).check(z.minLength(1), z.maxLength(50))
/** Where nothing listens on the network yet; else it stays as it is. */
const Port = z.optional(z.int().check(z.gte(1), z.lte(65_535)))
const Pem = z.optional(z.string().check(z.maxLength(200_000)))

export const CertificateAnswer = z.object({
  /** By which names and at which port browsers reach the agent; null where it listens on its own computer alone. */
  lan: z.nullable(z.object({ names: z.array(z.string()), port: z.number() })),
  /** What is served now. */
  certificate: z.nullable(CertificateShape),
  /** The certificate of the agent's own authority, to be handed to browsers; null where the server's was handed in. */
  authority: z.nullable(z.object({ pem: z.string(), fingerprint: z.string(), until: z.iso.datetime() })),
  /** When the agent renews its own by itself; null for one that was handed in. */
  renewsAt: Time,
  /** What was served before. */
  before: z.nullable(CertificateShape),
  /** This computer's own name and addresses. */
  proposed: z.array(z.string()),
})
export type CertificateAnswer = z.infer<typeof CertificateAnswer>

export const certificateRoutes = {
  certificate: route({
    method: 'GET',
    path: '/settings/tls',
    role: 'admin',
    says: 'The certificate that is served, the one before it, and the certificate of the agent’s own authority. Never a key.',
    answer: CertificateAnswer,
  }),
  ownCertificate: route({
    method: 'POST',
    path: '/settings/tls/own',
    role: 'admin',
    says: 'Makes an authority for these names and a server certificate of it, and serves that from now on.',
    body: z.object({ names: Names, port: Port }),
    answer: CertificateAnswer,
  }),
  giveCertificate: route({
    method: 'POST',
    path: '/settings/tls/given',
    role: 'admin',
    says: 'Checks a certificate with its key (PEM), or a PFX (Base64), and serves it from now on.',
    body: z.object({ names: Names, port: Port, pem: Pem, key: Pem, pfx: Pem, passphrase: z.string().check(z.maxLength(1_000)) }),
    answer: CertificateAnswer,
  }),
  certificateBack: route({
    method: 'POST',
    path: '/settings/tls/back',
    role: 'admin',
    says: 'Serves the one before again; the present one is kept in its place.',
    body: z.object({}),
    answer: CertificateAnswer,
  }),
}
