/** The test of a connector that is asked: does it answer, does it reach the ERP, and is what it gives of use? Nothing is kept. */
import { type Problem, problem, Trouble } from '../../../shared/problem.ts'
import type { Knows, TestStep } from '../connector.ts'
import { type Ask, asker } from './ask.ts'
import { type Described, describeAnswer, readAnswer, testAnswer } from './contract.ts'
import type { Http } from './settings.ts'
import { whatIsWrong } from './what-is-wrong.ts'

type Found = Pick<TestStep, 'values' | 'problem'>

export async function tryConnector({ url }: Http, knows: Knows): Promise<TestStep[]> {
  const ask = asker({ url, key: () => knows.secret('key') })
  let described: Described | null = null
  const looks: readonly [string, () => Promise<Found>][] = [
    [
      'describe',
      async () => {
        described = await ask('describe', {}, describeAnswer)
        const { name, entities } = described
        return { values: { name, count: entities.length }, ...wrong(whatIsWrong(described, url, knows)) }
      },
    ],
    ['connector', () => ownTest(ask, url)],
    ['first-page', () => firstPage(ask, described)],
  ]
  const steps: TestStep[] = []
  for (const [name, look] of looks) {
    const step = await timed(name, look)
    steps.push(step)
    if (!step.ok) break
  }
  return steps
}

async function ownTest(ask: Ask, url: string): Promise<Found> {
  const { ok, says } = await ask('test', {}, testAnswer)
  return ok ? {} : { problem: problem('connector-erp', { url, says: says ?? '' }) }
}

/** Read and forgotten. */
async function firstPage(ask: Ask, described: Described | null): Promise<Found> {
  const [first] = described?.entities ?? []
  if (first === undefined) return {}
  const { rows } = await ask('read', { entity: first.entity, since: null, page: null }, readAnswer)
  return { values: { entity: first.entity, count: rows.length } }
}

const wrong = (found: Problem | null): Found => (found ? { problem: found } : {})

async function timed(name: string, look: () => Promise<Found>): Promise<TestStep> {
  const began = performance.now()
  const found = await look().catch((error: unknown): Found => {
    if (error instanceof Trouble) return { problem: error.problem }
    throw error
  })
  return { name, ok: found.problem === undefined, ms: performance.now() - began, ...found }
}
