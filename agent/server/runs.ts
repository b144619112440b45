import type { Kysely, Selectable } from 'kysely'
import type { RunShape } from '../../shared/api/runs.ts'
import type { RunTableRow } from '../ledger/schema/tables/acts.ts'
import type { Tables } from '../ledger/schema/tables.ts'
import type { Agent } from './agent.ts'
import type { Handlers } from './call.ts'
import { refuse } from './refusal.ts'
import { iso, isoOrNull, storedProblem } from './says.ts'

type Row = Selectable<RunTableRow> & { file_name: string | null }

/** Runs, newest first; and one run with its problems and what it would have written while watching only. */
export function runHandlers({ reader, wouldWrite }: Agent): Pick<Handlers, 'runs' | 'run'> {
  const all = (db: Kysely<Tables>) =>
    db
      .selectFrom('runs')
      .leftJoin('export_files', 'export_files.id', 'runs.file')
      .selectAll('runs')
      .select('export_files.name as file_name')
  return {
    async runs({ query: { limit = 20, connection } }) {
      const every = all(await reader.db())
      const rows = await (connection === undefined ? every : every.where('runs.connection', '=', Number(connection)))
        .orderBy('runs.id', 'desc')
        .limit(Math.min(Math.max(limit, 1), 200))
        .execute()
      return { runs: rows.map(toRun) }
    },
    async run({ params, caller }) {
      const row = await all(await reader.db())
        .where('runs.id', '=', Number(params['id']))
        .executeTakeFirst()
      if (!row) throw refuse(404, 'no-run')
      const problems = await problemsOf(row.id)
      return { run: toRun(row), problems, wouldWrite: caller.scope === null ? [...wouldWrite(row.id)] : [] }
    },
  }

  async function problemsOf(run: number) {
    const rows = await (await reader.db())
      .selectFrom('problems')
      .leftJoin('export_files', 'export_files.id', 'problems.file')
      .select(['code', 'params', 'line', 'column_name', 'export_files.name as file_name'])
      .where('run', '=', run)
      .orderBy('problems.id')
      .limit(500)
      .execute()
    return rows.map(storedProblem)
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
