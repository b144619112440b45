import { hostname, networkInterfaces } from 'node:os'
import { addressesOf } from '../settings/places.ts'
import { openSecrets } from '../settings/secrets.ts'
import { type CliCommand, exit, textOf, UsageFault } from './command.ts'
import { requireSettings } from './open-agent.ts'

export const tls: CliCommand = {
  says: 'Let browsers on the local network in: a certificate authority of the agent’s own, and a certificate.',
  usage: `tls init [--name NAME]… [--address ADDRESS] [--port NUMBER]
  --name      host name or address browsers use; may be given more than once (this computer's name and addresses)
  --address   where to listen (0.0.0.0)
  --port      4712
The authority can speak for these names only. Run it again to change them; browsers then need the new ca.crt.`,
  options: { name: { type: 'string', multiple: true }, address: { type: 'string' }, port: { type: 'string' } },
  async run({ folder, values, out, words: [act], now }) {
    if (act !== 'init') throw new UsageFault('tls init [--name NAME]…')
    const settings = await requireSettings(folder)
    const given = Array.isArray(values['name']) ? values['name'].map(String) : ownNames()
    const port = Number(textOf(values, 'port') ?? settings.data.listen.lan?.port ?? 4712)
    const address = textOf(values, 'address') ?? settings.data.listen.lan?.address ?? '0.0.0.0'
    const secrets = await openSecrets(folder, settings.data.credentials)
    const { initTls } = await import('../settings/certificates.ts')
    const ca = await initTls(folder, secrets, settings.data.name, given, now())
    await settings.change((data) => {
      data.listen.lan = { address, port, names: given.map((name) => name.toLowerCase()) }
    })
    out.say(`The authority’s certificate lies in ${ca}. Roll it out to the computers whose browsers shall reach this agent.`)
    out.say(`From its next start the agent listens at ${addressesOf(settings.data).join('  ')}`)
    out.result({ ca, names: given, address, port, addresses: addressesOf(settings.data) })
    return exit.fine
  },
}

/** This computer's name and its addresses on the network. */
function ownNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((of) => of ?? [])
  return [hostname(), ...addresses.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address)]
}
