import type { Concerned, ProblemGroup } from '../../shared/api/problems.ts'
import { itemTypes } from '../../shared/item.ts'
import { problems } from '../../shared/problem.ts'
import type { Agent } from './agent.ts'
import type { Handlers } from './call.ts'
import { type CauseRow, type ConcernedRow, listedAtMost, openProblems } from './open-problems.ts'
import { done } from './refusal.ts'
import { iso, storedProblem } from './says.ts'

const groupsAtMost = 200

/** Open problems, one group per cause: 214 failures shown as one missing cost code. Of each a person learns of their own projects' share. */
export function problemHandlers(agent: Agent): Pick<Handlers, 'problems' | 'retryProblems'> {
  const look = openProblems(agent)
  const toGroup = groupOf(agent)
  return {
    problems({ query, caller }) {
      const theirs = look(caller, query.connection === undefined ? null : Number(query.connection))
      const causes = theirs.causes()
      return {
        groups: causes.slice(0, groupsAtMost).map((row) => toGroup(row, theirs)),
        total: causes.reduce((sum, { count }) => sum + count, 0),
        moreGroups: Math.max(0, causes.length - groupsAtMost),
        asOf: iso(agent.now()),
      }
    },
    async retryProblems({ body, caller }) {
      return { retried: done(await agent.retry(body.cause, caller)) }
    },
  }
}

type Theirs = ReturnType<ReturnType<typeof openProblems>>

function groupOf({ reader: { raw } }: Agent): (row: CauseRow, theirs: Theirs) => ProblemGroup {
  const first = raw.prepare(`
    SELECT p.code, p.params, p.line, p.column_name, f.name AS file_name FROM problems p LEFT JOIN export_files f ON f.id = p.file WHERE p.id = ?`)
  const nameProject = projectNamed(raw)

  return ({ cause, count, since, first: id, connection }, theirs) => {
    const problem = storedProblem(first.get(id) as never)
    const kinds = theirs.kinds(cause)
    const records = theirs.concerned(cause).map((row) => toConcerned(row, theirs.placeOf))
    const whole = records.length < listedAtMost || problem.params?.['project'] !== undefined
    const project = whole ? onlyOne(records) : null
    return {
      ...{ cause, count, problem, connection: connection === null ? null : String(connection), since: iso(since) },
      items: records.flatMap(({ item, key }) => (item ? [{ ...item, key }] : [])),
      ...(problem.code in problems ? { who: problems[problem.code as keyof typeof problems].who } : {}),
      project: project === null ? null : nameProject(connection, project),
      ...{ kinds, records, more: Math.max(0, count - records.length) },
      ...(kinds.length > 0 ? { waiting: theirs.waiting(cause) } : {}),
    }
  }
}

function toConcerned(
  { record, key, entity, type, item, project, file, line, params }: ConcernedRow,
  placeOf: Theirs['placeOf'],
): Concerned {
  const given = JSON.parse(params) as Record<string, unknown>
  const choice = given['candidates'] === undefined ? {} : { candidates: String(given['candidates']).split(' ') }
  return {
    ...{ link: record === null ? null : String(record), entity, key: key ?? (given['key'] === undefined ? null : String(given['key'])) },
    item: item === null ? null : { type: itemTypes[type ?? -1] ?? '', id: item },
    project: item === null && record !== null ? (placeOf(record) ?? null) : project,
    at: file === null || line === null ? null : { file, line },
    ...choice,
  }
}

/** The project all of them lie in; null where one lies elsewhere, or nowhere. */
function onlyOne(records: readonly Concerned[]): string | null {
  const places = new Set(records.map(({ project }) => project))
  return places.size === 1 ? ([...places][0] ?? null) : null
}

function projectNamed(raw: Agent['reader']['raw']): (connection: number | null, id: string) => NonNullable<ProblemGroup['project']> {
  const find = raw.prepare(
    "SELECT content ->> 'project_number' AS number, content ->> 'name' AS name FROM items WHERE connection = ? AND type = ? AND id = ?",
  )
  return (connection, id) => {
    const row = find.get(connection, itemTypes.indexOf('project'), id)
    const text = (value: unknown): string | null => (value == null ? null : String(value))
    return { id, number: text(row?.['number']), name: text(row?.['name']) }
  }
}
