/** What an earlier `init` left: what is not said again stays as it is. Reads only. */
import { existsSync } from 'node:fs'
import { openReading } from '../ledger/open.ts'
import { inFolder } from '../settings/data-folder.ts'
import type { SettingsFile } from '../settings/settings.ts'
import { cliKey } from './cli-key.ts'

/** The connection of that name, with its settings as they are stored, and whom the command line acts for. */
export type Known = {
  connection: {
    id: number
    deleted: boolean
    connector: string
    erpCompany: string
    procoreCompany: string
    owner: string
    settings: Stored
  } | null
  person: { id: number; name: string; email: string } | null
}
export type Stored = Record<string, unknown>

const nothing: Known = { connection: null, person: null }

export async function knownOf(folder: string, file: SettingsFile | null, name: string): Promise<Known> {
  if (file === null || !existsSync(inFolder(folder, file.data.ledger))) return nothing
  const { thumbprint } = await cliKey(folder)
  const raw = openReading(inFolder(folder, file.data.ledger))
  try {
    const row = raw
      .prepare('select id, deleted_at, connector, erp_company, procore_company, owner, settings from connections where name = ?')
      .get(name)
    const who = raw
      .prepare('select p.id, p.name, p.email from keys k join people p on p.id = k.person where k.thumbprint = ?')
      .get(thumbprint)
    return {
      connection: row
        ? {
            ...{
              id: Number(row['id']),
              deleted: row['deleted_at'] !== null,
              connector: String(row['connector']),
              erpCompany: String(row['erp_company']),
              procoreCompany: String(row['procore_company']),
            },
            ...{ owner: String(row['owner']), settings: JSON.parse(String(row['settings'])) as Stored },
          }
        : null,
      person: who ? { id: Number(who['id']), name: String(who['name']), email: String(who['email']) } : null,
    }
  } finally {
    raw.close()
  }
}

/** What stands for a question nobody answers: what was said the last time. */
export function lastSaid({ connection, person }: Known): Record<string, string | undefined> {
  const admin = { 'admin-name': person?.name, 'admin-email': person?.email }
  if (connection === null) return admin
  const { erpCompany, procoreCompany, owner, settings } = connection
  const { erp, companyName, connector, procore } = settings as { [section: string]: unknown } & {
    connector?: Stored
    procore?: Stored
  }
  const said = { erp, folder: connector?.['path'], 'procore-name': companyName, environment: procore?.['environment'] }
  return {
    ...admin,
    ...Object.fromEntries(Object.entries(said).map(([name, value]) => [name, typeof value === 'string' ? value : undefined])),
    ...{ 'erp-company': erpCompany, 'procore-company': procoreCompany, owner },
    'client-id': typeof procore?.['clientId'] === 'string' ? procore['clientId'] : undefined,
  }
}

export type Changed = { setting: string; before: unknown; after: unknown }

/** Every setting that is another one now, by its place. Lists are one setting. */
export function changedBetween(before: unknown, after: unknown, place = ''): Changed[] {
  if (!isSection(before) || !isSection(after))
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ setting: place, before: before ?? null, after: after ?? null }]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => changedBetween(before[name], after[name], place === '' ? name : `${place}.${name}`))
}

const isSection = (value: unknown): value is Stored => typeof value === 'object' && value !== null && !Array.isArray(value)
