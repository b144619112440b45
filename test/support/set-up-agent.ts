import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cliKey } from '../../agent/cli/cli-key.ts'
import { exit } from '../../agent/cli/command.ts'
import { init } from '../../agent/cli/init.ts'
import { openQuietAgent } from '../../agent/cli/quiet-agent.ts'
import type { FolderSettings } from '../../agent/connectors/folder/settings.ts'
import { readConnectionSettings } from '../../agent/settings/connection.ts'
import type { ProcoreAccess } from './start-stand-in.ts'

export type AgentSetup = {
  access: ProcoreAccess
  owner?: 'tieback' | 'procore'
  /** A wrong one, to see what is said of it. */
  clientSecret?: string
  /** Loopback port; any free one when left out. */
  port?: number
  /** How the watched folder rests and is listed; quick unless told. */
  folder?: Partial<FolderSettings>
  /** Further settings of the connection (reading, blast-radius.floor …). */
  settings?: Record<string, unknown>
  /** Whether its administrator may unlink; true unless told. */
  approver?: boolean
}

/** Where an agent lives: its data folder, and the folder the ERP exports to. */
export type AgentHome = { data: string; exports: string; ledger: string }

/** Rests as long as three looks take, so that a flow is not a wait. */
const quickFolder = { quietMs: 40, scanMs: 1_000 }

/** Makes an agent in `folder` as `tieback init` does, and sets its folder to be quick. Calling it again changes the settings. */
export async function setUpAgent(folder: string, setup: AgentSetup): Promise<AgentHome> {
  const home = { data: join(folder, 'data'), exports: join(folder, 'exports'), ledger: join(folder, 'data', 'ledger.db') }
  await mkdir(home.exports, { recursive: true })
  const said: string[] = []
  const out = { json: false, say: (line: string) => void said.push(line), result: () => undefined }
  const code = await init.run({ folder: home.data, values: flags(home, setup), words: [], out, prompt: null, now: Date.now })
  if (code !== exit.fine) throw new Error(`init ended with ${code}: ${said.join('\n')}`)
  await quicken(home, setup)
  return home
}

const flags = (home: AgentHome, { access, owner = 'tieback', clientSecret, port = 0 }: AgentSetup) => ({
  ...{ name: 'Books', erp: 'Sage 300 CRE', 'erp-company': 'Practice Builders', folder: home.exports, owner },
  ...{ 'procore-company': access.companyId, 'procore-name': 'Practice Builders, Inc.', environment: 'custom' },
  ...{ 'api-base': access.apiBase, 'login-base': access.loginBase, 'client-id': access.clientId },
  ...{ 'client-secret': clientSecret ?? access.clientSecret, port: String(port), 'agent-name': 'Flow' },
  ...{ 'admin-name': 'Ada Admin', 'admin-email': 'ada@practice.example' },
})

async function quicken({ data, ledger, exports }: AgentHome, { folder = {}, settings = {}, approver = true }: AgentSetup): Promise<void> {
  const quiet = await openQuietAgent(ledger, 'Flow', await cliKey(data))
  try {
    const row = quiet.agent.reader.raw.prepare('select settings from connections where id = 1').get()
    const known = readConnectionSettings(String(row?.['settings']))
    const changed = { ...known, ...settings, connector: { path: exports, ...quickFolder, ...folder } }
    await quiet.call('setSettings', { connection: 1, settings: changed, by: { person: null, origin: 'test' } })
    for (const row of quiet.agent.reader.raw.prepare("select id from people where role = 'admin'").all())
      await quiet.call('setApprover', { person: Number(row['id']), granted: approver, by: { person: null, origin: 'test' } })
  } finally {
    quiet.close()
  }
}

export type Drop = {
  /** Lays a manifest beside it that counts its rows: the export is complete. */
  rows?: number
  entity?: string
  /** When it was taken from the ERP. */
  extractedAt?: string
}

/** Writes an export as the ERP would; with `rows`, a manifest that proves it complete is written after it. */
export async function dropInto({ exports }: AgentHome, name: string, bytes: Buffer | string, { rows, entity, extractedAt }: Drop = {}) {
  await writeFile(join(exports, name), bytes)
  if (rows === undefined) return
  const sha256 = createHash('sha256')
    .update(await readFile(join(exports, name)))
    .digest('hex')
  const at = extractedAt ?? new Date().toISOString()
  await writeFile(join(exports, `${name}.manifest.json`), JSON.stringify({ entity, extractedAt: at, rows, sha256, complete: true }))
}
