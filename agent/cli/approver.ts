import type { PersonShape } from '../../shared/api/people.ts'
import type { Ask } from './ask-agent.ts'
import { type CliCommand, exit, type Output, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'

const usage = 'approver [EMAIL --grant|--revoke] [--look] [--source tieback|procore [--connection ID]]'

export const approver: CliCommand = {
  says: 'Who may unlink: list, grant, revoke; and whether Tieback’s list counts or Procore’s “Can Push to Accounting”.',
  usage: `${usage}
  --grant    this person may unlink, where Tieback’s own list counts
  --revoke   no longer
  --look     ask Procore now what it says of everybody; else that is done once a day, and when it stands in somebody’s way
  --source   whose list counts for the connection; tieback until it is set`,
  options: {
    grant: { type: 'boolean' },
    revoke: { type: 'boolean' },
    look: { type: 'boolean' },
    source: { type: 'string' },
    connection: { type: 'string' },
  },
  async run({ folder, out, values, words: [email] }) {
    const { ask, close, running } = await openAgent(folder)
    try {
      if (values['look'] === true && !(await look(ask, out, running))) return exit.trouble
      const source = textOf(values, 'source')
      if (source !== undefined) return await setSource(ask, out, source, textOf(values, 'connection'))
      const { people } = await ask('people')
      if (email === undefined) return list(out, people)
      const granted = values['grant'] === true
      if (granted === (values['revoke'] === true)) throw new UsageFault(usage)
      const person = people.find((one) => one.email.toLowerCase() === email.toLowerCase())
      if (!person) throw new UsageFault(`Nobody here has the e-mail ${email}; “tieback pair” adds a person.`)
      await ask('setApprover', { params: { id: person.id }, body: { granted } })
      out.say(granted ? `${person.name} may unlink from now on.` : `${person.name} may no longer unlink.`)
      out.result({ person: person.id, approver: granted })
      return exit.fine
    } finally {
      close()
    }
  },
}

/** Whether Procore told of all of them. */
async function look(ask: Ask, out: Output, running: boolean): Promise<boolean> {
  if (!running) throw new UsageFault('The agent does not run: start it with “tieback start”.')
  const { connections } = await ask('lookAtPeople', { body: {} })
  for (const { name } of connections.filter(({ seen }) => !seen))
    out.say(`${name}: Procore did not tell of everybody in time. What it said before holds; “tieback status” tells of trouble.`)
  return connections.every(({ seen }) => seen)
}

async function setSource(ask: Ask, out: Output, source: string, asked: string | undefined): Promise<number> {
  if (source !== 'tieback' && source !== 'procore') throw new UsageFault('--source is tieback or procore.')
  const { connections } = await ask('me')
  const id = asked ?? (connections.length === 1 ? connections[0]?.id : undefined)
  if (id === undefined) throw new UsageFault('Which connection? --connection ID; “tieback status” lists them.')
  await ask('setApproverSource', { params: { id }, body: { source } })
  out.say(source === 'procore' ? 'Who has “Can Push to Accounting” in Procore may unlink.' : 'Who is on Tieback’s list may unlink.')
  out.result({ connection: id, source })
  return exit.fine
}

function list(out: Output, people: readonly PersonShape[]): number {
  for (const { name, email, role, approver: granted, suspended, procore = [] } of people) {
    const said = procore.map((one) =>
      one.found ? (one.accountant ? 'Can Push to Accounting' : 'no approver in Procore') : 'not in Procore’s directory',
    )
    out.say(
      [`${name} <${email}>`, role, granted ? 'approver' : 'no approver', ...(suspended ? ['suspended'] : []), ...new Set(said)].join(' · '),
    )
  }
  out.result({ people })
  return exit.fine
}
