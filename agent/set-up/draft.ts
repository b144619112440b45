/** What a form hands over, as a connection is kept, and back. */
import type { ConnectionDraft } from '../../shared/api/set-up.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { ConnectorField } from '../connectors/connector.ts'
import { connectorOf } from '../connectors/index.ts'
import type { ConnectionScope } from '../ledger/rights.ts'
import { basesOf, type ProcoreSettings } from '../procore/settings.ts'
import { type ConnectionSettings, connectionSettings } from '../settings/connection.ts'

/** One connection as the ledger keeps it. */
export type Kept = {
  id: number
  name: string
  connector: string
  erpCompany: string
  procoreCompany: string
  owner: 'tieback' | 'procore'
  active: boolean
  deletedAt: number | null
  /** Whom it is open to; null: everyone. */
  scope: ConnectionScope | null
  settings: ConnectionSettings
}

/** The settings a draft makes of those that are kept; what no form shows stays as it is. */
export function settingsOf({ procore, ...draft }: ConnectionDraft, known: ConnectionSettings | null): ConnectionSettings {
  const { environment, apiBase, loginBase, clientId } = procore
  const { description: _, ...kept } = known ?? { description: undefined }
  return {
    ...kept,
    ...{ erp: draft.erp, companyName: procore.companyName, connector: ownSettings(draft, known) },
    ...(draft.description ? { description: draft.description } : {}),
    procore: {
      ...{ environment, clientId, credential: known?.procore.credential ?? `procore:${draft.name}` },
      ...(environment === 'custom' && apiBase && loginBase ? { custom: { apiBase, loginBase } } : {}),
    },
  }
}

/** What its connector is set to, secrets left out; of what is kept, what the form does not show. */
function ownSettings(
  { connector, fields }: Pick<ConnectionDraft, 'connector' | 'fields'>,
  known: ConnectionSettings | null,
): Record<string, unknown> {
  const own = connectorOf(connector)?.fields ?? []
  const shown = new Set(own.map(({ name }) => name))
  const unshown = Object.entries(known?.connector ?? {}).filter(([name]) => !shown.has(name))
  const secrets = new Set(secretFields(connector))
  return Object.fromEntries([...unshown, ...Object.entries(fields).filter(([name]) => !secrets.has(name))])
}

/** Fields of a connector the ledger never holds. */
export const secretFields = (connector: string): string[] =>
  (connectorOf(connector)?.fields ?? []).flatMap(({ name, type }) => (type === 'secret' ? [name] : []))

/** As a form shows it: without the secret, and with the connector's own fields alone. */
export function draftOf({ name, connector, erpCompany, procoreCompany, owner, settings }: Kept): ConnectionDraft {
  const { erp, companyName, procore } = settings
  const { custom, environment, clientId } = procore
  const fields = (connectorOf(connector)?.fields ?? []).flatMap(({ name: of }) => {
    const value = settings.connector[of]
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[of, value] as const] : []
  })
  const { description } = settings
  return {
    ...{ name, connector, erp, erpCompany, owner, fields: Object.fromEntries(fields) },
    ...(typeof description === 'string' ? { description } : {}),
    procore: { ...{ company: procoreCompany, companyName: companyName ?? procoreCompany, environment, clientId }, ...custom },
  }
}

/** The first thing that keeps a draft from being tried: a field that is missing or is none of its kind. */
export function faultOf(draft: ConnectionDraft, { hasSecret, hasOwn }: { hasSecret: boolean; hasOwn: boolean }): Problem | null {
  const connector = connectorOf(draft.connector)
  if (!connector) return problem('field-wrong', { field: 'connector' })
  for (const field of connector.fields) {
    const isKept = hasOwn && field.type === 'secret'
    const fault = fieldFault(isKept ? { ...field, mandatory: false } : field, draft.fields[field.name])
    if (fault) return fault
  }
  const unfit = connector.fault(ownSettings(draft, null))
  if (unfit !== null) return problem('field-wrong', { field: unfit })
  const { environment, apiBase, loginBase, secret } = draft.procore
  if (environment === 'custom' && !apiBase) return problem('field-missing', { field: 'apiBase' })
  if (environment === 'custom' && !loginBase) return problem('field-missing', { field: 'loginBase' })
  return secret === undefined && !hasSecret ? problem('field-missing', { field: 'secret' }) : null
}

const kinds: Record<ConnectorField['type'], 'string' | 'number' | 'boolean'> = {
  ...{ text: 'string', path: 'string', url: 'string', time: 'string', choice: 'string', secret: 'string' },
  ...{ number: 'number', flag: 'boolean' },
}

function fieldFault({ name, type, mandatory, choices }: ConnectorField, value: unknown): Problem | null {
  if (value === undefined || value === '') return mandatory ? problem('field-missing', { field: name }) : null
  const fits = typeof value === kinds[type] && (choices === undefined || choices.some((one) => one === value))
  return fits ? null : problem('field-wrong', { field: name })
}

/** Settings as a connector or the reading of files refuses them name their field. */
export function shapeFault(settings: ConnectionSettings): Problem | null {
  const parsed = connectionSettings.safeParse(settings)
  return parsed.success ? null : problem('field-wrong', { field: String(parsed.error.issues[0]?.path.at(-1) ?? 'connector') })
}

/** Where Procore is reached with a draft; `kept` is the secret of old, for a draft without one. */
export function procoreOf({ procore }: ConnectionDraft, kept: () => Promise<string | null>): ProcoreSettings {
  const { company, clientId, environment, apiBase, loginBase, secret } = procore
  const custom = apiBase && loginBase ? { apiBase, loginBase } : undefined
  return { company, clientId, secret: async () => secret ?? (await kept()) ?? '', ...basesOf(environment, custom) }
}
