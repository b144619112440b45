import { Trouble } from '../shared/problem.ts'
import type { ReadParts } from './plan/read-sides.ts'
import { type createRunning, isCutShort } from './running.ts'

type Parts = Pick<ReadParts, 'reader' | 'writer' | 'onFault'> & { running: ReturnType<typeof createRunning> }

/** Reads both sides of plans, by what runs; loaded for the first plan there is to read. Ends well, whatever is met. */
export function planReader({ running, ...parts }: Parts) {
  const readParts: ReadParts = {
    ...{ ...parts, isOfOneList, isCutShort },
    async readErp(connection) {
      const watched = await running.whenListed(connection)
      await watched?.checkNow()
      await watched?.ended()
    },
    async readList({ connection, list, project }, whole) {
      await running.company(connection)?.read(connection, list, project, undefined, whole)
    },
  }
  return {
    async read(plan: number): Promise<void> {
      const { readSides } = await import('./plan/read-sides.ts')
      await readSides(readParts, plan)
    },
    /** What a stop of the agent cut short. */
    async readOn(): Promise<void> {
      if (!parts.reader.raw.prepare("select 1 from plans where state = 'reading' limit 1").get()) return
      const { readSides, unread } = await import('./plan/read-sides.ts')
      for (const plan of unread(parts.reader)) await readSides(readParts, plan)
    },
  }
}

/** Trouble with one list or project stops no other; the way to Procore is the same for all. */
export const isOfOneList = (error: unknown): boolean =>
  error instanceof Trouble &&
  ['project-not-permitted', 'procore-forbidden', 'procore-refused', 'procore-not-found', 'procore-answer'].includes(error.problem.code)
