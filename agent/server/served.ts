import type { StatusAnswer, StatusItem } from '../../shared/api/status.ts'
import { mayAct } from '../../shared/pairing.ts'
import { problem } from '../../shared/problem.ts'
import { missedCause } from '../ledger/exports-missed.ts'
import type { Agent, Caller } from './agent.ts'
import { iso, isoOrNull, toShape } from './says.ts'
import { whileUnchanged } from './unchanged.ts'

/** One entity of one connection, as an answer about an item needs it. */
export type Source = {
  id: number
  connection: number
  entity: string
  writing: number
  creating: number
  always: number
  asOf: number | null
  asOfText: string | null
  /** When an export was expected that did not come. */
  missed: string | null
}
export type Connection = {
  id: number
  name: string
  erp: string
  erpCompany: string
  /** Procore company id, and its name where `tieback init` was told it. */
  company: string
  companyName: string
  owner: string
  /** Which Procore it reaches. */
  environment: string
  active: boolean
  sources: Source[]
}
export type Served = { connections: Connection[]; sources: Map<number, Source>; companies: string[] }

type Row = {
  id: number
  name: string
  connector: string
  erp_company: string
  procore_company: string
  owner: string
  active: number
  settings: string
}
type SourceRow = { id: number; connection: number; entity: string; writing: number; creating: number; always: number; as_of: number | null }

/** What is served now: connections with their entities. Small tables, read when something changed. */
export function createServed({ reader, nextRun, now }: Pick<Agent, 'reader' | 'nextRun' | 'now'>) {
  const planned = lately(nextRun, now)
  const connections = reader.raw.prepare(
    'SELECT id, name, connector, erp_company, procore_company, owner, active, settings FROM connections WHERE deleted_at IS NULL ORDER BY id',
  )
  const sources = reader.raw.prepare(
    'SELECT id, connection, entity, writing, creating, always_complete AS always, as_of FROM sources ORDER BY id',
  )

  // By the beginning of their cause, which is indexed (ledger/exports-missed.ts).
  const missed = reader.raw.prepare(
    "SELECT cause, params ->> 'expected' AS expected FROM problems WHERE closed_at IS NULL AND cause >= 'export-missed ' AND cause < 'export-missed!'",
  )

  const read = (): Served => {
    const missing = new Map(missed.all().map((row) => [String(row['cause']), String(row['expected'])]))
    const all = (sources.all() as unknown as SourceRow[]).map((row) => toSource(row, missing))
    const found = (connections.all() as unknown as Row[]).map((row) => toConnection(row, all))
    return {
      connections: found,
      sources: new Map(all.map((source) => [source.id, source])),
      companies: [...new Set(found.map(({ company }) => company))],
    }
  }
  const spoken = (caller: Caller, connection: Connection): StatusAnswer['connections'][string] => ({
    name: connection.name,
    erp: connection.erp,
    erpCompany: connection.erpCompany,
    owner: connection.owner,
    nextRun: isoOrNull(planned(connection.id)),
    writing: connection.sources.filter(({ writing }) => writing === 1).map(({ entity }) => entity),
    old: firstMissed(connection),
    actions: actionsFor(caller),
  })
  return { read: whileUnchanged(reader, read), spoken }
}

/** The schedule is asked once a second, not once per answer. */
function lately(nextRun: Agent['nextRun'], now: Agent['now']): Agent['nextRun'] {
  const known = new Map<number, { at: number; next: number | null }>()
  return (connection) => {
    const found = known.get(connection)
    if (found && Math.abs(now() - found.at) < 1000) return found.next
    const next = nextRun(connection)
    known.set(connection, { at: now(), next })
    return next
  }
}

const toSource = ({ as_of, ...row }: SourceRow, missing: ReadonlyMap<string, string>): Source => ({
  ...row,
  asOf: as_of,
  asOfText: as_of === null ? null : iso(as_of),
  missed: missing.get(missedCause(row.connection, row.entity)) ?? null,
})

/** What is missed longest. */
function firstMissed({ sources }: Connection): StatusAnswer['connections'][string]['old'] {
  const missed = sources.flatMap(({ entity, missed: expected }) => (expected === null ? [] : [{ expected, entity }]))
  return missed.toSorted((a, b) => a.expected.localeCompare(b.expected))[0] ?? null
}

function toConnection(row: Row, sources: readonly Source[]): Connection {
  const { erp, companyName, procore } = JSON.parse(row.settings) as {
    erp?: string
    companyName?: string
    procore?: { environment?: string }
  }
  return {
    id: row.id,
    name: row.name,
    erp: erp ?? row.connector,
    erpCompany: row.erp_company,
    company: row.procore_company,
    companyName: companyName ?? row.procore_company,
    owner: row.owner,
    environment: procore?.environment ?? 'custom',
    active: row.active === 1,
    sources: sources.filter(({ connection }) => connection === row.id),
  }
}

/** What a person may do with any linked item, and why not. */
function actionsFor(caller: Caller): NonNullable<StatusItem['actions']> {
  if (!mayAct(caller.role, 'accountant'))
    return [{ action: 'resync', allowed: false, reason: toShape(problem('role-missing', { role: 'accountant' })) }]
  return [{ action: 'resync', allowed: true }]
}
