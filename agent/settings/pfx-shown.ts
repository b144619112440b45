/** Node opens a PFX to listen with it and shows nothing of it: so it is asked, within this process, as a browser would ask. */
import type { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { duplexPair } from 'node:stream'
import { connect, createSecureContext, TLSSocket } from 'node:tls'

/** What a browser would be shown of it, the server's own first. Throws what OpenSSL says where it cannot be opened. */
export async function pfxShown(pfx: Buffer, passphrase: string): Promise<X509Certificate[]> {
  const secureContext = createSecureContext({ pfx, passphrase })
  const [near, far] = duplexPair()
  const server = new TLSSocket(near, { isServer: true, secureContext })
  const client = connect({ socket: far, rejectUnauthorized: false })
  server.on('error', (error) => client.destroy(error)) // it has nothing to show
  try {
    await once(client, 'secureConnect')
    const shown: X509Certificate[] = []
    for (
      let cert = client.getPeerX509Certificate();
      cert && !shown.some((one) => one.fingerprint256 === cert?.fingerprint256);
      cert = cert.issuerCertificate
    )
      shown.push(cert)
    return shown
  } finally {
    client.destroy()
    server.destroy()
  }
}
