import { userInfo } from 'node:os'
import { sayProblem } from '../../shared/problem.ts'
import { folder as folderConnector } from '../connectors/folder/folder.ts'
import type { By } from '../ledger/writing.ts'
import { agentKey } from '../settings/agent-key.ts'
import type { ConnectionSettings } from '../settings/connection.ts'
import { inFolder } from '../settings/data-folder.ts'
import { moneySettings } from '../settings/money-settings.ts'
import { openSecrets } from '../settings/secrets.ts'
import { defaultSettings, makeSettings, openSettings, type SettingsFile } from '../settings/settings.ts'
import { erpSystems } from '../settings/unlink.ts'
import { type CliKey, cliKey } from './cli-key.ts'
import { type CliCommand, type CliContext, exit, textOf, UsageFault } from './command.ts'
import { type Changed, changedBetween, type Known, knownOf, lastSaid, type Stored } from './init-known.ts'
import { settingFlags, settingsOf } from './init-settings.ts'
import { answers, makeFolder } from './open-agent.ts'
import { openQuietAgent, type QuietAgent } from './quiet-agent.ts'

/** What is asked for: option, question, and what stands there when nobody says otherwise. */
const questions = [
  ['name', 'Name of the connection', 'Books'],
  ['erp', 'ERP', 'Sage 300 CRE'],
  ['erp-company', 'ERP company, as badges show it', undefined],
  ['folder', 'Folder where the ERP’s exports arrive', undefined],
  ['procore-company', 'Procore company id', undefined],
  ['procore-name', 'Procore company name', undefined],
  ['environment', 'Procore environment (production, sandbox, monthly, custom)', 'production'],
  ['client-id', 'Client id of the Procore app', undefined],
  ['owner', 'Who owns the links (tieback, or procore where its own ERP tool syncs)', 'tieback'],
  ['admin-name', 'Your name', userInfo().username],
  ['admin-email', 'Your e-mail, as in Procore', undefined],
] as const
type Name = (typeof questions)[number][0]
/** `secret` is null where the one that is kept stays. */
type Answers = Record<Name, string> & { secret: string | null }

export const init: CliCommand = {
  says: 'Make an agent: its folder, one connection, and you as its administrator.',
  usage: `init [options]        asks for what is not given; without a terminal, what is missing is an error
  --name TEXT            name of the connection (Books); the same name again changes what is said, and leaves the rest
  --erp TEXT             the ERP's name (Sage 300 CRE)
  --system NAME          which ERP it is: ${erpSystems.join(', ')}; told by --erp unless said; says how its records are deleted
  --project-management   yes, no or unknown: whether Sage 300 CRE's Project Management is in use (unknown)
  --change-orders HOW    delete or reverse: how the ERP lets go of an approved change order; as-known: as is known of it
  --reason-when-invoiced yes or no: whether a person says why before they unlink what money was invoiced on (yes)
  --procore-needs-minutes N  until Procore's own connector notices what was deleted in the ERP (35)
  --erp-company TEXT     the ERP company, as badges show it
  --folder PATH          where the ERP's exports arrive; a share by its UNC path
  --share                the folder is on the network; --no-share: no longer
  --reading JSON         how files are read: date, decimal, thousands, minus, encoding, delimiter; null as before any was said
  --mapping FILE         files that are not Sage's: {"entity": …, "columns": {field: header}}, or a list of them; may be given again
  --setting NAME=VALUE   what only you can say of amounts and codes; nothing behind the = takes it away; may be given again:
                         ${moneySettings.map(({ of }) => of).join(', ')}
  --procore-company ID   --procore-name TEXT
  --environment NAME     production, sandbox, monthly, or custom with --api-base URL --login-base URL
  --client-id TEXT       --client-secret TEXT (better: TIEBACK_CLIENT_SECRET in the environment)
  --owner tieback|procore
  --admin-name TEXT      --admin-email TEXT
  --port NUMBER          loopback port (4711)
  --agent-name TEXT      what people see when they pair (this computer's name)`,
  options: {
    ...Object.fromEntries(questions.map(([name]) => [name, { type: 'string' as const }])),
    ...settingFlags,
    port: { type: 'string' },
    'agent-name': { type: 'string' },
  },
  async run(context) {
    const { folder, out, values } = context
    const known = await openSettings(folder)
    if (known && (await answers(`http://127.0.0.1:${known.data.listen.port}`)))
      throw new UsageFault('The agent runs. Stop it before its connections are changed.')
    const name = await nameOf(context)
    const before = await knownOf(folder, known, name)
    if (before.connection?.deleted) throw new UsageFault(`“${name}” was deleted. Restore it in the console, under Connections.`)
    if (before.connection && before.connection.connector !== 'folder')
      throw new UsageFault(`“${name}” is no folder of exports. Change it in the console, under Connections.`)
    const given = await gather(context, name, before)
    requireSame(given, before)
    const settings = await settingsOf(given, values, before.connection?.settings ?? null)
    await makeFolder(folder)
    const file = await fileFor(context, known)
    const secrets = await openSecrets(folder, file.data.credentials)
    if (given.secret !== null) await secrets.set(credentialIn(settings), given.secret)
    await agentKey(secrets)
    const { connection, changed } = await keep(folder, file, given, settings, before)
    const steps = await folderConnector.test((settings as { connector: Parameters<typeof folderConnector.test>[0] }).connector)
    for (const { name, ok, problem } of steps)
      out.say(`${ok ? 'ok   ' : 'WRONG'} folder ${name}${problem ? `: ${sayProblem(problem)}` : ''}`)
    if (changed === null)
      out.say(`Tieback is set up in ${folder}. The connection “${name}” watches only: it writes nothing until you say so.`)
    else sayChanged(out.say, name, changed, given.secret !== null)
    out.say('Next: “tieback doctor” checks Procore too, “tieback start” runs the agent, “tieback pair” lets a browser in.')
    out.result({ folder, connection, steps, ...(changed === null ? {} : { changed }) })
    return steps.every(({ ok }) => ok) ? exit.fine : exit.trouble
  },
}

function sayChanged(say: (line: string) => void, name: string, changed: readonly Changed[], secret: boolean): void {
  say(`The connection “${name}” was there already. ${changed.length === 0 ? 'None of its settings changed.' : 'Changed:'}`)
  for (const { setting, before, after } of changed) say(`  ${setting}: ${saidOf(before)} → ${saidOf(after)}`)
  if (secret) say('  The client secret is the one that was given now.')
  say('All else stays as it was, also what it writes.')
}

const saidOf = (value: unknown): string => (value === null ? 'not set' : JSON.stringify(value))

/** It says which connection is meant, and so what stands where nobody says otherwise. */
async function nameOf({ values, prompt }: CliContext): Promise<string> {
  const [name, question, usual] = questions[0]
  return textOf(values, name) ?? (prompt ? await prompt.ask(question, usual) : usual)
}

/** Flags first, then questions, then what was said the last time; without a terminal what is missing is named, all at once. */
async function gather({ values, prompt }: CliContext, name: string, known: Known): Promise<Answers> {
  const missing: string[] = []
  const answers: Record<string, string> = { name }
  const last = lastSaid(known)
  for (const [option, question, first] of questions.slice(1)) {
    const usual = last[option] ?? first
    const value = textOf(values, option) ?? (prompt ? await prompt.ask(question, usual) : usual)
    if (!value) missing.push(`--${option}`)
    else answers[option] = value
  }
  const keeps = known.connection !== null
  const asked = keeps ? 'Client secret (nothing keeps the one that is there)' : 'Client secret'
  const secret = textOf(values, 'client-secret') ?? process.env['TIEBACK_CLIENT_SECRET'] ?? (await prompt?.askSecret(asked))
  if (!secret && !keeps) missing.push('--client-secret')
  if (missing.length > 0) throw new UsageFault(`Missing: ${missing.join(', ')}.`)
  if (answers['owner'] !== 'tieback' && answers['owner'] !== 'procore') throw new UsageFault('--owner is tieback or procore.')
  return { ...(answers as Record<Name, string>), secret: secret || null }
}

/** A known connection never joins other companies: its links would be wrong. */
function requireSame(given: Answers, { connection }: Known): void {
  if (connection === null) return
  const { erpCompany, procoreCompany, owner } = connection
  if (erpCompany === given['erp-company'] && procoreCompany === given['procore-company'] && owner === given.owner) return
  throw new UsageFault(
    `“${given.name}” joins ${erpCompany} and Procore company ${procoreCompany} (owner ${owner}). Give the new connection another --name.`,
  )
}

const credentialIn = (settings: Stored): string => (settings as ConnectionSettings).procore.credential

async function fileFor({ folder, values }: CliContext, known: SettingsFile | null): Promise<SettingsFile> {
  const file = known ?? (await makeSettings(folder, defaultSettings()))
  const port = textOf(values, 'port')
  const name = textOf(values, 'agent-name')
  await file.change((data) => {
    if (port !== undefined) data.listen.port = Number(port)
    if (name !== undefined) data.name = name
  })
  return file
}

/** `changed` is null for a connection that is new. */
type Kept = { connection: number; changed: Changed[] | null }

/** People, key and connection, in the ledger. */
async function keep(folder: string, file: SettingsFile, given: Answers, settings: Stored, before: Known): Promise<Kept> {
  const key = await cliKey(folder)
  const { call, close } = await openQuietAgent(inFolder(folder, file.data.ledger), file.data.name, key)
  try {
    const by = { person: await adminOf(call, key, given, before), origin: 'cli' }
    return await keepConnection(call, given, settings, before, by)
  } finally {
    close()
  }
}

/** Whoever was the administrator stays it, unless somebody else is named. */
async function adminOf(call: QuietAgent['call'], key: CliKey, given: Answers, { person: known }: Known): Promise<number> {
  const [name, email] = [given['admin-name'], given['admin-email']]
  if (known?.name === name && known.email === email) return known.id
  const person = await call('addPerson', { name, email, role: 'admin', scope: null, by: { person: null, origin: 'cli' } })
  await call('addKey', { person, key: { jwk: key.jwk, thumbprint: key.thumbprint, origin: 'cli', label: 'command line' } })
  return person
}

/** A new name is a new connection; of a known one only what was said changes, and that is written down before and after. */
async function keepConnection(
  call: QuietAgent['call'],
  given: Answers,
  settings: Stored,
  { connection: known }: Known,
  by: By,
): Promise<Kept> {
  const joins = { erpCompany: given['erp-company'], procoreCompany: given['procore-company'], owner: given.owner as 'tieback' | 'procore' }
  if (known === null) {
    const connection = await call('addConnection', { name: given.name, connector: 'folder', ...joins, settings, by })
    return { connection, changed: null }
  }
  const changed = changedBetween(known.settings, settings)
  if (changed.length > 0) await call('setSettings', { connection: known.id, settings, by })
  return { connection: known.id, changed }
}
