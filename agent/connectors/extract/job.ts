/** The job file: which queries are made, each one SELECT of one listed table. Nobody's word is taken for it: every text is looked at before it is sent. */
import * as z from 'zod/mini'
import { entities } from '../../../shared/item.ts'
import { type Problem, problem } from '../../../shared/problem.ts'

/** Becomes a file's name. */
const name = z.string().check(z.regex(/^[a-z0-9-]{1,60}$/))

const jobShape = z.object({
  tables: z.array(z.string().check(z.regex(/^\w{1,120}$/))).check(z.minLength(1)),
  queries: z
    .array(z.object({ name, entity: z.optional(z.enum(entities)), complete: z._default(z.boolean(), false), sql: z.string() }))
    .check(z.minLength(1), z.maxLength(100)),
})
export type Query = z.infer<typeof jobShape>['queries'][number]

/** `empty`: names of queries that are still to be filled in. */
export type Job = { queries: Query[]; empty: string[] }

/** What the text of a job file asks for, or the first thing that keeps it from being used. */
export function readJob(text: string, path: string): Job | Problem {
  const read = jobShape.safeParse(json(text))
  if (!read.success) return problem('job-wrong', { job: path, query: 'whole', found: read.error.issues[0]?.path.join('.') || 'not-json' })
  const { tables, queries } = read.data
  const twice = queries.find(({ name: one }, at) => queries.findIndex((other) => other.name === one) !== at)
  if (twice) return problem('job-wrong', { job: path, query: twice.name, found: 'twice' })
  const filled = queries.filter(({ sql }) => sql.trim() !== '')
  for (const { name: query, sql } of filled) {
    const found = sqlFault(sql, tables)
    if (found !== null) return problem('job-wrong', { job: path, query, found })
  }
  return { queries: filled, empty: queries.filter(({ sql }) => sql.trim() === '').map(({ name: one }) => one) }
}

/** Why a text is not sent: it is anything but one SELECT of one listed table, perhaps with WHERE and ORDER BY; null where it is. */
export function sqlFault(sql: string, tables: readonly string[]): 'not-one-select' | 'several-tables' | 'table-not-listed' | null {
  // What stands in quotes is a value or a name; a quote that stays open hides the rest.
  const bare = sql.replaceAll(/'[^']*'/g, "''")
  const hides = /;|--|\/\*|[^\x20-\x7e\t\r\n]/.test(sql) || /'[^']*$/.test(bare.replaceAll("''", ''))
  if (hides || !/^\s*select\s/i.test(bare) || (bare.match(/\bselect\b/gi) ?? []).length !== 1 || writes.test(bare)) return 'not-one-select'
  const from = /\sfrom\s+"?(\w+)"?(?:\s+(?:where|order\s+by)\s[\s\S]*|\s*)$/i.exec(bare)
  if (from === null || (bare.match(/\b(from|join)\b/gi) ?? []).length !== 1) return 'several-tables'
  return tables.includes(from[1] ?? '') ? null : 'table-not-listed'
}

/** Words no reading query has; what a column is called by them stands in double quotes, and is left out by these tables. */
const writes =
  /\b(insert|update|delete|drop|alter|create|exec|execute|call|grant|revoke|merge|truncate|into|union|intersect|except|lock)\b/i

function json(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    // Whatever is wrong with it, the schema refuses `undefined` next and says so.
    return undefined
  }
}
