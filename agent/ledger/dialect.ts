/** ④ Memory: what the ERP said, what Procore last said, what joins them, and what differs. This file lets kysely speak to node:sqlite. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import type { Tables } from './schema/tables.ts'

/** SQLite runs DDL inside transactions; saying so lets a failed migration leave nothing. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class LedgerDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}

/** What kysely asks of a driver, answered by node:sqlite: it has no `reader` flag and wants its parameters spread (seen 2026-11, kysely 0.29.9: without this, selects come back empty). */
function statementOf(raw: DatabaseSync, text: string) {
  const statement = raw.prepare(text)
  const spread = (values: readonly unknown[]) => values as SQLInputValue[]
  return {
    reader: statement.columns().length > 0,
    all: (values: readonly unknown[]) => statement.all(...spread(values)),
    run: (values: readonly unknown[]) => statement.run(...spread(values)),
    iterate: (values: readonly unknown[]) => statement.iterate(...spread(values)),
  }
}

/**
 * A typed query builder over an open connection. Inside a writer's command the transaction is already open on `raw`,
 * so never call `transaction()` there.
 */
export function ledgerDb(raw: DatabaseSync): Kysely<Tables> {
  const database = { prepare: (text: string) => statementOf(raw, text), close: () => raw.close() }
  return new Kysely<Tables>({ dialect: new LedgerDialect({ database }) })
}
