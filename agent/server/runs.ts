import type { Kysely, Selectable } from 'kysely'
import type { DayShape, RunShape } from '../../shared/api/runs.ts'
import type { RunTableRow } from '../ledger/schema/tables/acts.ts'
import type { Tables } from '../ledger/schema/tables.ts'
import type { Agent } from './agent.ts'
import type { Handlers } from './call.ts'
import { requireOpen } from './guard.ts'
import { refuse } from './refusal.ts'
import { iso, isoOrNull, storedProblem } from './says.ts'
import { seesPlace } from './sides.ts'

type Row = Selectable<RunTableRow> & { file_name: string | null }

/** Runs, newest first, and by day; and one run with its problems and what it would have written while watching only. */
export function runHandlers({ reader, wouldWrite, now }: Agent): Pick<Handlers, 'runs' | 'runDays' | 'run'> {
  const all = (db: Kysely<Tables>) =>
    db
      .selectFrom('runs')
      .leftJoin('export_files', 'export_files.id', 'runs.file')
      .selectAll('runs')
      .select('export_files.name as file_name')
  return {
    async runs({ query: { limit = 20, connection, before }, caller }) {
      const below = all(await reader.db()).where('runs.id', '<', before ?? Number.MAX_SAFE_INTEGER)
      const every = caller.shut.size === 0 ? below : below.where('runs.connection', 'not in', [...caller.shut.keys()])
      const rows = await (connection === undefined ? every : every.where('runs.connection', '=', Number(connection)))
        .orderBy('runs.id', 'desc')
        .limit(Math.min(Math.max(limit, 1), 200))
        .execute()
      return { runs: rows.map(toRun) }
    },
    runDays({ query: { days = 14 }, caller }) {
      const at = now()
      const found = reader.raw.prepare(byDay).all(at - days * dayMs, JSON.stringify([...caller.shut.keys()])) as unknown as DayShape[]
      const known = new Map(found.map((one) => [one.day, one]))
      return { days: lastDays(at, days).map((day) => known.get(day) ?? { day, runs: 0, failed: 0, rows: 0 }), asOf: iso(at) }
    },
    async run({ params, caller }) {
      const row = await all(await reader.db())
        .where('runs.id', '=', Number(params['id']))
        .executeTakeFirst()
      if (!row) throw refuse(404, 'no-run')
      requireOpen(caller, row.connection)
      const problems = await problemsOf(row.id)
      return { run: toRun(row), problems, wouldWrite: [...wouldWrite(row.id, seesPlace(caller))] }
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

const dayMs = 86_400_000

const byDay = `
  SELECT date(started_at / 1000, 'unixepoch', 'localtime') AS day, count(*) AS runs, sum(state = 'failed') AS failed,
    coalesce(sum(CAST(counts ->> 'rows' AS INTEGER)), 0) AS rows
  FROM runs WHERE started_at > ? AND connection NOT IN (SELECT value FROM json_each(?)) GROUP BY day`

/** The calendar days up to this moment where the agent is, the oldest first. */
function lastDays(at: number, count: number): string[] {
  const noon = new Date(at)
  noon.setHours(12, 0, 0, 0) // a day of 23 or 25 hours moves it by one, and it stays the same day
  return Array.from({ length: count }, (_, n) => dayOf(new Date(noon.getTime() - (count - 1 - n) * dayMs)))
}

const two = (value: number): string => String(value).padStart(2, '0')
const dayOf = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`

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
