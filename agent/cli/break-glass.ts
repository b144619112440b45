import { addressesOf } from '../settings/places.ts'
import { type CliCommand, exit, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'

export const breakGlass: CliCommand = {
  says: 'The way back in when no admin’s browser is left: makes somebody an admin, with a code for one browser. Stands in the audit log.',
  usage: `break-glass --email TEXT [--name TEXT] [--shut-out]
  --email     who: somebody known here, or new; nobody whom Procore calls inactive
  --name      needed for somebody new
  --shut-out  their other browsers may no longer call: for a lost or stolen computer`,
  options: { email: { type: 'string' }, name: { type: 'string' }, 'shut-out': { type: 'boolean' } },
  async run({ folder, values, out, prompt }) {
    const email = textOf(values, 'email') ?? (await prompt?.ask('E-mail of the admin'))
    if (!email) throw new UsageFault('Who shall be admin? --email.')
    const { running, ask, settings, close } = await openAgent(folder)
    try {
      const known = (await ask('people')).people.find((person) => person.email.toLowerCase() === email.toLowerCase())
      const name = textOf(values, 'name') ?? (known ? undefined : await prompt?.ask('Name'))
      if (!known && !name) throw new UsageFault(`Nobody here has the e-mail ${email}: give --name too.`)
      const shutOut = values['shut-out'] === true
      const done = await ask('breakGlass', { body: { email, shutOut, ...(name ? { name } : {}) } })
      const link = `http://127.0.0.1:${settings.data.listen.port}/console/#join=${done.code}`
      const addresses = addressesOf(settings.data)
      out.say(`${done.name} is an admin. That stands in the audit log.`)
      if (shutOut) out.say(`Browsers shut out: ${done.shutOut}.`)
      out.say(`The console, in this computer’s browser, until ${done.expiresAt}: ${link}`)
      out.say(`Or the code ${done.code.slice(0, 4)} ${done.code.slice(4)} in another browser, at one of: ${addresses.join('  ')}`)
      if (!running) out.say('The agent does not run: start it within these two minutes.')
      out.result({ ...done, link, addresses, running })
      return exit.fine
    } finally {
      close()
    }
  },
}
