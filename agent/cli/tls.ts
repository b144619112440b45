import { readFile } from 'node:fs/promises'
import type { CertificateAnswer } from '../../shared/api/certificates.ts'
import { ownNames } from '../settings/own-names.ts'
import { addressesOf } from '../settings/places.ts'
import { openSecrets } from '../settings/secrets.ts'
import { type CliCommand, type CliContext, exit, type Output, textOf, UsageFault } from './command.ts'
import { openAgent, requireSettings } from './open-agent.ts'

const usage = `tls init [--name NAME]… [--address ADDRESS] [--port NUMBER] | show | take FILE [--key FILE] [--name NAME]… | back
  init        an authority and a certificate of its own, which it listens with from its next start on
  show        which certificate the running agent serves
  take        check a certificate and serve it at once: PEM with --key, or a PFX; a passphrase is asked for
  back        serve the one before again, at once
  --name      host name or address browsers use; may be given more than once (this computer's name and addresses)
  --address   where to listen (0.0.0.0)
  --port      4712
The authority can speak for these names only. Run it again to change them; browsers then need the new ca.crt.`

export const tls: CliCommand = {
  says: 'Let browsers on the local network in: a certificate of the agent’s own authority, or one you hand in.',
  usage,
  options: {
    name: { type: 'string', multiple: true },
    address: { type: 'string' },
    port: { type: 'string' },
    key: { type: 'string' },
  },
  async run(context) {
    const [act, file] = context.words
    if (act === 'init') return init(context)
    if (act !== 'show' && act !== 'back' && !(act === 'take' && file !== undefined)) throw new UsageFault(usage)
    const { ask, close } = await openAgent(context.folder)
    try {
      const before = await ask('certificate')
      if (act === 'show') return told(context.out, before)
      if (act === 'back') return told(context.out, await ask('certificateBack', { body: {} }))
      const names = namesGiven(context) ?? before.lan?.names ?? before.proposed
      return told(
        context.out,
        await ask('giveCertificate', { body: { ...(await read(context, file ?? '')), names, ...portGiven(context) } }),
      )
    } finally {
      close()
    }
  },
}

async function init(context: CliContext): Promise<number> {
  const { folder, values, out, now } = context
  const settings = await requireSettings(folder)
  const { lan } = settings.data.listen
  const given = namesGiven(context) ?? ownNames()
  const port = portGiven(context).port ?? lan?.port ?? 4712
  const address = textOf(values, 'address') ?? lan?.address ?? '0.0.0.0'
  const secrets = await openSecrets(folder, settings.data.credentials)
  const { initTls, keptNow } = await import('../settings/certificates.ts')
  const ca = await initTls(folder, secrets, settings.data.name, given, now(), lan && (await keptNow(folder, lan.names)))
  await settings.change((data) => {
    data.listen.lan = { address, port, names: given.map((name) => name.toLowerCase()) }
  })
  out.say(`The authority’s certificate lies in ${ca}. Roll it out to the computers whose browsers shall reach this agent.`)
  out.say(`From its next start the agent listens at ${addressesOf(settings.data).join('  ')}`)
  out.result({ ca, names: given, address, port, addresses: addressesOf(settings.data) })
  return exit.fine
}

const namesGiven = ({ values }: CliContext): string[] | null => (Array.isArray(values['name']) ? values['name'].map(String) : null)

function portGiven({ values }: CliContext): { port?: number } {
  const text = textOf(values, 'port')
  return text === undefined ? {} : { port: Number(text) }
}

/** A PFX is no text; a passphrase is asked for at a terminal alone, so that it stands in no history of commands. */
async function read(
  { values, prompt }: CliContext,
  file: string,
): Promise<{ pem?: string; key?: string; pfx?: string; passphrase: string }> {
  const bytes = await readFile(file)
  const isPem = bytes.includes('-----BEGIN ')
  const keyFile = textOf(values, 'key')
  const key = keyFile === undefined ? bytes.toString() : await readFile(keyFile, 'utf8')
  const passphrase = isPem && !key.includes('ENCRYPTED') ? '' : ((await prompt?.askSecret('Passphrase')) ?? '')
  return isPem ? { pem: bytes.toString(), key, passphrase } : { pfx: bytes.toString('base64'), passphrase }
}

function told(out: Output, answer: CertificateAnswer): number {
  const { lan, certificate, renewsAt, before } = answer
  if (!lan || !certificate)
    out.say('The agent listens on its own computer alone. “tieback tls init” or “tieback tls take FILE” lets the network in.')
  else {
    out.say(`${certificate.subject}, for ${certificate.names.join(', ')}; issued by ${certificate.issuer}`)
    out.say(
      `valid until ${certificate.until.slice(0, 10)}; ${renewsAt ? `renewed by itself from ${renewsAt.slice(0, 10)} on` : 'not renewed by itself'}`,
    )
    out.say(`SHA-256 ${certificate.fingerprint}`)
  }
  if (before) out.say(`The one before: ${before.subject}, valid until ${before.until.slice(0, 10)}; “tieback tls back” serves it again.`)
  out.result(answer)
  return exit.fine
}
