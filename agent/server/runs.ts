import type { Selectable } from 'kysely'
import type { RunShape } from '../../shared/api.ts'
import type { RunTableRow } from '../ledger/schema/tables.ts'
import { outboxOps } from '../outbox/outbox.ts'
import type { Agent } from './agent.ts'
import type { Handlers } from './call.ts'
import { refuse } from './refusal.ts'
import { iso, isoOrNull, storedProblem } from './says.ts'

type Row = Selectable<RunTableRow> & { file_name: string | null }

/** Runs, newest first; and one run with its problems and what it would have written while watching only. */
export function runHandlers({ reader: { db }, fieldsOf }: Agent): Pick<Handlers, 'runs' | 'run'> {
  const all = () =>
    db
      .selectFrom('runs')
      .leftJoin('export_files', 'export_files.id', 'runs.file')
      .selectAll('runs')
      .select('export_files.name as file_name')
  return {
    async runs({ query: { limit = 20, connection } }) {
      const of = connection === undefined ? all() : all().where('runs.connection', '=', Number(connection))
      const rows = await of
        .orderBy('runs.id', 'desc')
        .limit(Math.min(Math.max(limit, 1), 200))
        .execute()
      return { runs: rows.map(toRun) }
    },
    async run({ params, caller }) {
      const row = await all().where('runs.id', '=', Number(params['id'])).executeTakeFirst()
      if (!row) throw refuse(404, 'no such run')
      const problems = await problemsOf(row.id)
      return { run: toRun(row), problems, wouldWrite: caller.scope === null ? await wouldWrite(row.id) : [] }
    },
  }

  async function problemsOf(run: number) {
    const rows = await db
      .selectFrom('problems')
      .leftJoin('export_files', 'export_files.id', 'problems.file')
      .select(['code', 'params', 'line', 'column_name', 'export_files.name as file_name'])
      .where('run', '=', run)
      .orderBy('problems.id')
      .limit(500)
      .execute()
    return rows.map(storedProblem)
  }

  /** Changes that wait because writing is off, of the records this run's file brought: the dry run. */
  async function wouldWrite(run: number) {
    const rows = await db
      .selectFrom('outbox')
      .innerJoin('records', 'records.id', 'outbox.record')
      .innerJoin('sources', 'sources.id', 'records.source')
      .innerJoin('takes', (join) => join.on((eb) => eb('takes.id', '=', eb.fn.coalesce('records.changed', 'records.take'))))
      .select(['records.key', 'records.content', 'sources.entity', 'outbox.op'])
      .where('takes.run', '=', run)
      .where('sources.writing', '=', 0)
      .where('takes.sealed_at', 'is not', null)
      .orderBy('outbox.id')
      .limit(500)
      .execute()
    return rows.map(({ key, content, entity, op }) => ({ key, op: outboxOps[op] ?? String(op), body: bodyOf(entity, content) }))
  }

  function bodyOf(entity: string, content: string): Record<string, unknown> {
    const values = JSON.parse(content) as unknown[]
    return Object.fromEntries(fieldsOf(entity).map((name, at) => [name, values[at] ?? null]))
  }
}

function toRun(row: Row): RunShape {
  return {
    id: String(row.id),
    connection: String(row.connection),
    entity: row.entity,
    kind: row.kind,
    state: row.state,
    startedAt: iso(row.started_at),
    endedAt: isoOrNull(row.ended_at),
    file: row.file_name,
    counts: JSON.parse(row.counts) as RunShape['counts'],
  }
}
