import { spawn } from 'node:child_process'
import type { AnswerOf } from '../../shared/api.ts'
import { type CliCommand, exit, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'

type Person = AnswerOf<'people'>['people'][number]

export const consoleCommand: CliCommand = {
  says: 'Open the console in this computer’s browser: a link that joins it once, for two minutes.',
  usage: `console [--email TEXT] [--print]
  --email    whose console it is; needed where there is more than one admin
  --print    only print the link`,
  options: { email: { type: 'string' }, print: { type: 'boolean' } },
  async run({ folder, values, out }) {
    const { running, ask, settings, close } = await openAgent(folder)
    try {
      if (!running) {
        out.say('The agent does not run, so nobody would answer. Start it with “tieback start”, then try again.')
        out.result({ running })
        return exit.notRunning
      }
      const { id, name } = chosen((await ask('people')).people, textOf(values, 'email'))
      const { code, expiresAt } = await ask('makeCode', { params: { id }, body: {} })
      const link = `http://127.0.0.1:${settings.data.listen.port}/console/#join=${code}`
      if (values['print'] !== true && !out.json) openLink(link)
      out.say(`${name}’s console, until ${expiresAt}: ${link}`)
      out.result({ person: id, link, expiresAt, running })
      return exit.fine
    } finally {
      close()
    }
  },
}

/** The person named; else the only admin there is. */
function chosen(people: readonly Person[], email: string | undefined): Person {
  if (email !== undefined) {
    const named = people.find((person) => person.email === email)
    if (!named) throw new UsageFault(`Nobody here has the e-mail ${email}. “tieback pair” adds a person.`)
    return named
  }
  const admins = people.filter(({ role, suspended }) => role === 'admin' && !suspended)
  if (admins.length === 1 && admins[0]) return admins[0]
  throw new UsageFault(`Whose console is it? --email with one of ${admins.map((admin) => admin.email).join(', ')}.`)
}

/** By the desktop's own program; where there is none the printed link is all there is. */
function openLink(link: string): void {
  const [program, ...words]: [string, ...string[]] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', link]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', link]
  const child = spawn(program, words, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined) // there is no desktop here: the link was printed
  child.unref()
}
