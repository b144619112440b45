/** The test of what makes the exports: it is read, and nothing of it runs. */
import { type Problem, Trouble } from '../../../shared/problem.ts'
import type { TestStep } from '../connector.ts'
import { readJob } from './job.ts'
import { programOf } from './program.ts'
import type { Extract } from './settings.ts'

export async function tryJob(settings: Extract): Promise<TestStep[]> {
  const began = performance.now()
  const found = await look(settings)
  return [
    { name: 'job', ok: !('code' in found), ms: performance.now() - began, ...('code' in found ? { problem: found } : { values: found }) },
  ]
}

async function look(settings: Extract): Promise<{ count: number; empty: number } | Problem> {
  try {
    const [, job] = (await programOf(settings)).files
    const read = readJob(job?.text ?? '', settings.job)
    return 'code' in read ? read : { count: read.queries.length, empty: read.empty.length }
  } catch (error) {
    if (error instanceof Trouble) return error.problem
    throw error
  }
}
