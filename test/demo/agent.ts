import { once } from 'node:events'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { type Ask, askAgent } from '../../agent/cli/ask-agent.ts'
import { cliKey } from '../../agent/cli/cli-key.ts'
import { agentKey } from '../../agent/settings/agent-key.ts'
import { openSecrets } from '../../agent/settings/secrets.ts'
import { Jwk } from '../../shared/pairing.ts'
import type { Trusted } from '../browser/browsers.ts'
import { type Pins, pinsOf } from '../browser/certificate.ts'
import type { ProcoreAccess } from '../support/start-stand-in.ts'
import { freePort, startTieback, type TiebackProcess, tieback } from '../support/tieback-process.ts'

/** The bundled agent of the demo in its own folder and process. */
export type DemoAgent = {
  process: TiebackProcess
  /** Runs a command of the command line against it. */
  cli: <T = string>(...words: string[]) => Promise<T>
  ask: Ask
  /** What browsers are to trust, when it listens on the network. */
  trusted: Trusted[]
}

export type Made = { data: string; exports: string; port: number; lan: { address: string; port: number } | null }

const network = '127.0.0.2'

/** Makes an agent as an admin does: `init`, and for the network `tls init`. */
export async function makeAgent(folder: string, { apiBase, loginBase, companyId, clientId, clientSecret }: ProcoreAccess, lan: boolean) {
  const made: Made = { data: join(folder, 'agent'), exports: join(folder, 'exports'), port: await freePort(), lan: null }
  await mkdir(made.exports)
  const flags = {
    ...{ name: 'Books', erp: 'Sage 300 CRE', 'erp-company': 'Practice Books', folder: made.exports },
    ...{ 'procore-company': companyId, 'procore-name': 'Practice Builders, Inc.', environment: 'custom' },
    ...{ 'api-base': apiBase, 'login-base': loginBase, 'client-id': clientId, 'client-secret': clientSecret },
    ...{ 'admin-name': 'Ada Admin', 'admin-email': 'ada@practice.example', port: String(made.port), 'agent-name': 'demo server' },
  }
  await tieback(made.data, 'init', ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]))
  if (!lan) return made
  const port = await freePort(network)
  await tieback(made.data, 'tls', 'init', '--name', network, '--address', network, '--port', String(port))
  return { ...made, lan: { address: network, port } }
}

export async function startAgent({ data, port, lan }: Made, stack: AsyncDisposableStack): Promise<DemoAgent> {
  const process = await startTieback(data, port)
  stack.defer(async () => void (await process.stop()))
  const { kty, crv, x, y } = await agentKey(await openSecrets(data, 'file'))
  const ask = askAgent({ url: `http://127.0.0.1:${port}`, key: await cliKey(data), agent: Jwk.parse({ kty, crv, x, y }) })
  const trusted = lan ? [{ host: lan.address, port: lan.port, certificate: await shownAt(lan, join(data, 'tls', 'ca.crt')) }] : []
  return { process, ask, trusted, cli: (...words) => tieback(data, ...words) }
}

/** The certificate the agent shows, once it was proven by the agent's own authority. */
async function shownAt({ address, port }: { address: string; port: number }, ca: string): Promise<Pins> {
  const socket = connect({ host: address, port, ca: await readFile(ca) })
  try {
    await once(socket, 'secureConnect')
    const shown = socket.getPeerX509Certificate()
    if (!shown) throw new Error('The agent showed no certificate.')
    return pinsOf(shown.raw)
  } finally {
    socket.destroy()
  }
}
