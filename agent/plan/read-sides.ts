/** Reads both sides of a plan and lists it; after a restart it goes on with what was not read since the plan was asked for. */
import type { PlanDepth, PlanScope } from '../../shared/plan.ts'
import { type Problem, problem, Trouble } from '../../shared/problem.ts'
import type { Reader } from '../ledger/reader.ts'
import type { Writer } from '../ledger/writer-proxy.ts'
import type { Polled } from '../procore/poll-plan.ts'
import { listsToRead, type PlanReading, placeKey, procoreSides, readSince } from './reading.ts'

export type ReadParts = {
  reader: Reader
  writer: Writer
  /** Asks the ERP, or looks into its folder; resolves when what came was taken. */
  readErp: (connection: number) => Promise<void>
  /** Reads one list of Procore, whole where `whole`. Rejects with the trouble there is. */
  readList: (at: Pick<Polled, 'connection' | 'list' | 'project'>, whole: boolean) => Promise<void>
  /** Trouble with one list or project that leaves the others as they are. */
  isOfOneList: (error: unknown) => boolean
  /** What the agent's stop brings about: the plan is read on at the next start. */
  isCutShort: (error: unknown) => boolean
  onFault: (error: unknown, where: string) => void
}

/** Plans whose reading a stop of the agent cut short. */
export const unread = ({ raw }: Reader): number[] =>
  raw
    .prepare("select id from plans where state = 'reading' order by id")
    .all()
    .map(({ id }) => Number(id))

/** Ends well, with the plan listed or failed. */
export async function readSides(parts: ReadParts, plan: number): Promise<void> {
  const { reader, writer, isCutShort, onFault } = parts
  try {
    const reading = readingFrom(reader, plan)
    if (reading === null) return
    for (const { connection } of reading.scope) await parts.readErp(connection)
    const lost = await readProcore(parts, plan, reading)
    if (lost !== null) await writer.call('makePlan', { plan, procore: procoreSides(reader.raw, reading, lost) })
  } catch (error) {
    if (isCutShort(error)) return
    if (!(error instanceof Trouble)) onFault(error, `plan ${plan}`)
    await writer
      .call('planFailed', { plan, problem: whyOf(error) })
      .catch((cause: unknown) => isCutShort(cause) || onFault(cause, `plan ${plan}`))
  }
}

const whyOf = (error: unknown): Problem =>
  error instanceof Trouble
    ? error.problem
    : problem('run-failed', { reason: error instanceof Error ? error.message : String(error), when: 'next-start' })

function readingFrom({ raw }: Reader, plan: number): PlanReading | null {
  const row = raw.prepare("select depth, asked_at, scope from plans where id = ? and state = 'reading'").get(plan)
  return row
    ? { depth: String(row['depth']) as PlanDepth, askedAt: Number(row['asked_at']), scope: JSON.parse(String(row['scope'])) as PlanScope }
    : null
}

/** Answers the lists that could not be read; null where the plan was stopped meanwhile. Projects that came up on the way are read too. */
async function readProcore(parts: ReadParts, plan: number, reading: PlanReading): Promise<ReadonlySet<string> | null> {
  const lost = new Set<string>()
  for (const one of reading.scope)
    for (;;) {
      if (readingFrom(parts.reader, plan) === null) return null
      const next = listsToRead(parts.reader.raw, one).find((list) => readSince(list, reading) === null && !lost.has(placeKey(list)))
      if (!next) break
      try {
        await parts.readList(next, reading.depth === 'deep')
      } catch (error) {
        if (!parts.isOfOneList(error)) throw error
        lost.add(placeKey(next))
      }
      // Read, and yet not as deep as asked: it is not asked for for ever.
      if (readSince(listsToRead(parts.reader.raw, one).find((list) => placeKey(list) === placeKey(next)) ?? next, reading) === null)
        lost.add(placeKey(next))
    }
  return lost
}
