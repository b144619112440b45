import { outboxStates } from '../outbox/outbox.ts'
import type { Agent } from './agent.ts'
import type { Handler } from './call.ts'
import { isThere } from './open-problems.ts'
import { isoOrNull } from './says.ts'
import type { createServed } from './served.ts'

const countAtMost = 100_000

/** How fresh each export is, what may be written, and how much waits. */
export function overviewHandler({ reader: { raw } }: Agent, served: ReturnType<typeof createServed>): Handler<'overview'> {
  const files = raw.prepare('SELECT s.id, f.name FROM sources s JOIN export_files f ON f.id = s.file')
  const asked = raw.prepare('SELECT connection, max(read_at) AS at FROM polls GROUP BY connection')
  const queue = raw.prepare(
    `SELECT state, count(*) AS n FROM (SELECT state FROM outbox o WHERE state <> 5 AND ${isOpen('(SELECT s.connection FROM records r JOIN sources s ON s.id = r.source WHERE r.id = o.record)')} LIMIT ${countAtMost}) GROUP BY state`,
  )
  const problems = raw.prepare(
    `SELECT coalesce(sum(count), 0) AS n FROM problems p WHERE closed_at IS NULL AND ${isThere} AND ${isOpen('p.connection')}`,
  )
  const event = raw.prepare('SELECT coalesce(max(n), 0) AS n FROM events')
  const admins = raw.prepare(
    `SELECT count(*) AS n FROM people p WHERE role = 'admin' AND suspended_at IS NULL
     AND EXISTS (SELECT 1 FROM keys k WHERE k.person = p.id AND k.revoked_at IS NULL)`,
  )
  return ({ caller }) => {
    const shut = JSON.stringify([...caller.shut.keys()])
    const fileOf = new Map(files.all().map((row) => [row['id'], String(row['name'])]))
    const askedOf = new Map(asked.all().map((row) => [row['connection'], row['at'] as number | null]))
    return {
      connections: served
        .read()
        .connections.filter(({ id }) => !caller.shut.has(id))
        .map(({ id, name, erpCompany, company, sources }) => ({
          id: String(id),
          name,
          erpCompany,
          company,
          sources: sources.map((source) => ({
            entity: source.entity,
            asOf: source.asOfText,
            file: fileOf.get(source.id) ?? null,
            writing: source.writing === 1,
            creating: source.creating === 1,
            always: source.always === 1,
            missed: source.missed,
          })),
          procoreAsOf: isoOrNull(askedOf.get(id)),
        })),
      queue: Object.fromEntries(queue.all({ shut }).map((row) => [outboxStates[Number(row['state'])] ?? 'waiting', Number(row['n'])])),
      problems: Number(problems.get({ shut })?.['n']),
      event: Number(event.get()?.['n']),
      ...(caller.role === 'admin' ? { admins: Number(admins.get()?.['n']) } : {}),
    }
  }
}

/** Not of a connection that is closed to whoever asks; trouble of none concerns everyone. While nothing is closed no row is looked up for it. */
const isOpen = (connection: string): string => `(:shut = '[]' OR coalesce(${connection}, 0) NOT IN (SELECT value FROM json_each(:shut)))`
