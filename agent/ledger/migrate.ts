import type { DatabaseSync } from 'node:sqlite'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { problem, Trouble } from '../../shared/problem.ts'
import { ledgerDb } from './dialect.ts'
import { ledger } from './migrations/0001-ledger.ts'
import { badges } from './migrations/0002-badges.ts'
import { differs } from './migrations/0003-differs.ts'
import { met } from './migrations/0004-met.ts'
import { terms } from './migrations/0005-terms.ts'
import { unlinks } from './migrations/0006-unlinks.ts'
import { watches } from './migrations/0007-watches.ts'
import { unlinkBatches } from './migrations/0008-unlinks.ts'
import { approvers } from './migrations/0009-approvers.ts'
import { archived } from './migrations/0010-archived.ts'
import { told } from './migrations/0011-told.ts'
import { browser } from './migrations/0012-browser.ts'
import { costs } from './migrations/0013-costs.ts'
import { payments } from './migrations/0014-payments.ts'
import { columns } from './migrations/0015-columns.ts'
import { header } from './migrations/0016-header.ts'
import { mappings } from './migrations/0017-mappings.ts'
import { joining } from './migrations/0018-joining.ts'
import { connectors } from './migrations/0019-connectors.ts'
import { plans } from './migrations/0020-plans.ts'
import { backups } from './migrations/0021-settings.ts'
import { handOvers } from './migrations/0022-hand-overs.ts'

/** Numbered, never edited, only added to. */
export const migrations: Record<string, string> = {
  '0001-ledger': ledger,
  '0002-badges': badges,
  '0003-differs': differs,
  '0004-met': met,
  '0005-terms': terms,
  '0006-unlinks': unlinks,
  '0007-watches': watches,
  '0008-unlinks': unlinkBatches,
  '0009-approvers': approvers,
  '0010-archived': archived,
  '0011-told': told,
  '0012-browser': browser,
  '0013-costs': costs,
  '0014-payments': payments,
  '0015-columns': columns,
  '0016-header': header,
  '0017-mappings': mappings,
  '0018-joining': joining,
  '0019-connectors': connectors,
  '0020-plans': plans,
  '0021-settings': backups,
  '0022-hand-overs': handOvers,
}

/** One statement at a time: a driver prepares only the first of several. A semicolon ends a statement only at a line's end. */
const statements = (text: string): string[] =>
  text
    .split(/;[ \t]*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

const migrationOf = (text: string): Migration => ({
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements(text)) await sql.raw(statement).execute(db)
  },
})

/**
 * Brings the ledger to the newest schema, each step in a transaction of its own: a failed one leaves nothing behind.
 * Throws what went wrong, and `ledger-newer` where a newer Tieback took a step that is not known here: nothing is changed then.
 */
export async function migrate(raw: DatabaseSync, steps: Record<string, string> = migrations): Promise<void> {
  const [step] = stepsTaken(raw).filter((name) => !(name in steps))
  if (step !== undefined) throw new Trouble(problem('ledger-newer', { step }))
  const all = Object.fromEntries(Object.entries(steps).map(([name, text]) => [name, migrationOf(text)]))
  const migrator = new Migrator({ db: ledgerDb(raw), provider: { getMigrations: async () => all } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

/** The steps a ledger has behind it, as kysely writes them down; none in a new one. */
export function stepsTaken(raw: DatabaseSync): string[] {
  const known = raw.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get()
  return known
    ? raw
        .prepare('select name from kysely_migration order by name')
        .all()
        .map(({ name }) => String(name))
    : []
}

/** The whole schema as it stands in an open ledger, comments included; `schema.sql` is this text. */
export function schemaText(raw: DatabaseSync): string {
  const rows = raw.prepare("select sql from sqlite_master where sql is not null and name not like 'kysely_%' order by rowid").all()
  return `${rows.map((row) => `${String(row['sql'])};`).join('\n\n')}\n`
}
