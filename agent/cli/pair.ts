import { type Role, roles } from '../../shared/pairing.ts'
import { addressesOf } from '../settings/places.ts'
import { type CliCommand, exit, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)

export const pair: CliCommand = {
  says: 'A code with which one browser of one person may join, for two minutes.',
  usage: `pair --name TEXT --email TEXT [--role viewer|accountant|admin] [--project ID]…
  --role     accountant when not given; somebody known by the same e-mail keeps theirs unless it is given
  --project  limits the person to these Procore projects; may be given more than once`,
  options: { name: { type: 'string' }, email: { type: 'string' }, role: { type: 'string' }, project: { type: 'string', multiple: true } },
  async run({ folder, values, out, prompt }) {
    const name = textOf(values, 'name') ?? (await prompt?.ask('Name'))
    const email = textOf(values, 'email') ?? (await prompt?.ask('E-mail, as in Procore'))
    const asked = textOf(values, 'role')
    if (!name || !email) throw new UsageFault('Who is it? --name and --email.')
    if (asked !== undefined && !isRole(asked)) throw new UsageFault(`--role is one of ${roles.join(', ')}.`)
    const { running, ask, settings, close } = await openAgent(folder)
    try {
      const known = (await ask('people')).people.find((person) => person.email === email)
      const role = asked ?? known?.role ?? 'accountant'
      const scope = Array.isArray(values['project']) ? values['project'].map(String) : (known?.scope ?? null)
      const { id } = await ask('addPerson', { body: { name, email, role: isRole(role) ? role : 'viewer', scope } })
      const { code, expiresAt } = await ask('makeCode', { params: { id }, body: {} })
      const addresses = addressesOf(settings.data)
      out.say(`Code for ${name}: ${code.slice(0, 4)} ${code.slice(4)}   (until ${expiresAt})`)
      out.say(`In the extension’s options enter the code and one of these addresses: ${addresses.join('  ')}`)
      if (!running) out.say('The agent does not run: start it within these two minutes.')
      out.result({ person: id, code, expiresAt, addresses, running })
      return exit.fine
    } finally {
      close()
    }
  },
}
