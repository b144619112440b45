import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { sayProblem } from '../../shared/problem.ts'
import { folder as folderConnector } from '../connectors/folder/folder.ts'
import type { Mapping } from '../formats/format.ts'
import { mappingsOf } from '../formats/mapping.ts'
import type { By } from '../ledger/writing.ts'
import type { Reader } from '../server/agent.ts'
import { agentKey } from '../settings/agent-key.ts'
import { type ConnectionSettings, connectionSettings } from '../settings/connection.ts'
import { inFolder } from '../settings/data-folder.ts'
import { openSecrets } from '../settings/secrets.ts'
import { defaultSettings, makeSettings, openSettings, type SettingsFile } from '../settings/settings.ts'
import { erpSystems } from '../settings/unlink.ts'
import { cliKey } from './cli-key.ts'
import { type CliCommand, type CliContext, exit, textOf, UsageFault } from './command.ts'
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
type Answers = Record<Name, string> & { secret: string }

export const init: CliCommand = {
  says: 'Make an agent: its folder, one connection, and you as its administrator.',
  usage: `init [options]        asks for what is not given; without a terminal, what is missing is an error
  --name TEXT            name of the connection (Books); the same name again changes its settings
  --erp TEXT             the ERP's name (Sage 300 CRE)
  --system NAME          which ERP it is: ${erpSystems.join(', ')}; told by --erp unless said; says how its records are deleted
  --project-management   yes, no or unknown: whether Sage 300 CRE's Project Management is in use (unknown)
  --erp-company TEXT     the ERP company, as badges show it
  --folder PATH          where the ERP's exports arrive; a share by its UNC path
  --share                the folder is on the network
  --reading JSON         how files are read: date, decimal, thousands, minus, encoding, delimiter
  --mapping FILE         files that are not Sage's: {"entity": …, "columns": {field: header}}, or a list of them; may be given again
  --procore-company ID   --procore-name TEXT
  --environment NAME     production, sandbox, monthly, or custom with --api-base URL --login-base URL
  --client-id TEXT       --client-secret TEXT (better: TIEBACK_CLIENT_SECRET in the environment)
  --owner tieback|procore
  --admin-name TEXT      --admin-email TEXT
  --port NUMBER          loopback port (4711)
  --agent-name TEXT      what people see when they pair (this computer's name)`,
  options: {
    ...Object.fromEntries(questions.map(([name]) => [name, { type: 'string' as const }])),
    'client-secret': { type: 'string' },
    'api-base': { type: 'string' },
    'login-base': { type: 'string' },
    share: { type: 'boolean' },
    system: { type: 'string' },
    'project-management': { type: 'string' },
    reading: { type: 'string' },
    mapping: { type: 'string', multiple: true },
    port: { type: 'string' },
    'agent-name': { type: 'string' },
  },
  async run(context) {
    const { folder, out, values } = context
    const known = await openSettings(folder)
    if (known && (await answers(`http://127.0.0.1:${known.data.listen.port}`)))
      throw new UsageFault('The agent runs. Stop it before its connections are changed.')
    const given = await gather(context)
    const settings = await settingsOf(given, context)
    await makeFolder(folder)
    const file = await fileFor(context, known)
    const secrets = await openSecrets(folder, file.data.credentials)
    await secrets.set(settings.procore.credential, given.secret)
    await agentKey(secrets)
    const connection = await keep(folder, file, given, settings)
    const steps = await folderConnector.test({ path: given.folder, share: values['share'] === true })
    for (const { name, ok, problem } of steps)
      out.say(`${ok ? 'ok   ' : 'WRONG'} folder ${name}${problem ? `: ${sayProblem(problem)}` : ''}`)
    out.say(`Tieback is set up in ${folder}. The connection “${given.name}” watches only: it writes nothing until you say so.`)
    out.say('Next: “tieback doctor” checks Procore too, “tieback start” runs the agent, “tieback pair” lets a browser in.')
    out.result({ folder, connection, steps })
    return steps.every(({ ok }) => ok) ? exit.fine : exit.trouble
  },
}

/** Flags first, then questions; without a terminal what is missing is named, all at once. */
async function gather({ values, prompt }: CliContext): Promise<Answers> {
  const missing: string[] = []
  const answers: Record<string, string> = {}
  for (const [name, question, usual] of questions) {
    const value = textOf(values, name) ?? (prompt ? await prompt.ask(question, usual) : usual)
    if (!value) missing.push(`--${name}`)
    else answers[name] = value
  }
  const secret = textOf(values, 'client-secret') ?? process.env['TIEBACK_CLIENT_SECRET'] ?? (await prompt?.askSecret('Client secret'))
  if (!secret) missing.push('--client-secret')
  if (missing.length > 0) throw new UsageFault(`Missing: ${missing.join(', ')}.`)
  if (answers['owner'] !== 'tieback' && answers['owner'] !== 'procore') throw new UsageFault('--owner is tieback or procore.')
  return { ...(answers as Record<Name, string>), secret: secret ?? '' }
}

async function settingsOf(given: Answers, { values }: CliContext) {
  const mappings = await Promise.all([values['mapping'] ?? []].flat().map((path) => mappingsIn(String(path))))
  const reading = {
    ...jsonOf(textOf(values, 'reading') ?? '{}', '--reading'),
    ...(mappings.length > 0 ? { mappings: mappings.flat() } : {}),
  }
  const custom = { apiBase: textOf(values, 'api-base'), loginBase: textOf(values, 'login-base') }
  const [system, projectManagement] = [textOf(values, 'system'), textOf(values, 'project-management')]
  const parsed = connectionSettings.safeParse({
    erp: given.erp,
    ...(system === undefined ? {} : { system }),
    ...(projectManagement === undefined ? {} : { unlink: { projectManagement } }),
    companyName: given['procore-name'],
    connector: { path: given.folder, ...(values['share'] === true ? { share: true } : {}) },
    ...(Object.keys(reading).length > 0 ? { reading } : {}),
    procore: {
      environment: given.environment,
      ...(given.environment === 'custom' ? { custom } : {}),
      clientId: given['client-id'],
      credential: `procore:${given.name}`,
    },
  })
  if (parsed.success) return parsed.data
  throw new UsageFault(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
}

async function mappingsIn(path: string): Promise<Mapping[]> {
  const read = mappingsOf(jsonOf(await readFile(path, 'utf8'), path))
  if ('wrong' in read) throw new UsageFault(`${path}: ${read.wrong}`)
  return read.mappings
}

function jsonOf(text: string, where: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (cause) {
    throw Object.assign(new UsageFault(`${where} is no JSON: ${String(cause)}`), { cause })
  }
}

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

/** People, key and connection, in the ledger. */
async function keep(folder: string, file: SettingsFile, given: Answers, settings: ConnectionSettings): Promise<number> {
  const key = await cliKey(folder)
  const { agent, call, close } = await openQuietAgent(inFolder(folder, file.data.ledger), file.data.name, key)
  try {
    const by = { person: null, origin: 'cli' }
    const person = await call('addPerson', { name: given['admin-name'], email: given['admin-email'], role: 'admin', scope: null, by })
    await call('addKey', { person, key: { jwk: key.jwk, thumbprint: key.thumbprint, origin: 'cli', label: 'command line' } })
    return await keepConnection(agent.reader, call, given, settings, { person, origin: 'cli' })
  } finally {
    close()
  }
}

/** A new name is a new connection. A known one gets new settings, but never joins other companies: its links would be wrong. */
async function keepConnection(
  reader: Reader,
  call: QuietAgent['call'],
  given: Answers,
  settings: ConnectionSettings,
  by: By,
): Promise<number> {
  const joins = { erpCompany: given['erp-company'], procoreCompany: given['procore-company'], owner: given.owner as 'tieback' | 'procore' }
  const known = reader.raw.prepare('SELECT id, erp_company, procore_company, owner FROM connections WHERE name = ?').get(given.name)
  if (!known) return call('addConnection', { name: given.name, connector: 'folder', ...joins, settings, by })
  const same =
    known['erp_company'] === joins.erpCompany && known['procore_company'] === joins.procoreCompany && known['owner'] === joins.owner
  if (!same)
    throw new UsageFault(
      `“${given.name}” joins ${known['erp_company']} and Procore company ${known['procore_company']} (owner ${known['owner']}). Give the new connection another --name.`,
    )
  await call('setSettings', { connection: Number(known['id']), settings, by })
  return Number(known['id'])
}
