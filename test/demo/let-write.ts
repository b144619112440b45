import type { Entity } from '../../shared/item.ts'
import { waitFor } from '../support/wait-for.ts'
import type { DemoAgent } from './agent.ts'
import type { Site } from './site.ts'

type Would = { would: { key: string; op: string }[] }

/** What is written in the demo; costs are the only thing it also creates. */
const written: readonly (readonly [Entity, ...'--create'[]])[] = [['vendors'], ['jobs'], ['commitments'], ['jc-transactions', '--create']]

/** No call for so long: everything that was due is read. */
const quietMs = 800

/** Waits until Procore was asked for everything there is. */
export async function quiet({ api: { requests } }: Site): Promise<void> {
  const since = { count: -1, at: 0 }
  await waitFor('Procore is left alone', () => {
    if (requests.length !== since.count) Object.assign(since, { count: requests.length, at: Date.now() })
    return requests.length > 0 && Date.now() - since.at >= quietMs
  })
}

/** Calls so far that could have changed something. */
export const writesOf = ({ api: { requests } }: Site): string[] =>
  requests.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/oauth/')).map(({ method, path }) => `${method} ${path}`)

/** Shows what would be written, switches writing on entity by entity, and waits until all of it is with Procore. */
export async function letWrite(say: (line: string) => void, { cli, ask }: DemoAgent, site: Site): Promise<void> {
  for (const [entity] of written) {
    const { would } = await cli<Would>('writing', entity, '--json')
    const counts = [...Map.groupBy(would, ({ op }) => op)].map(([op, of]) => `${op} ${of.length}`)
    say(`  ${entity}: would ${counts.join(', ') || 'write nothing'}`)
  }
  for (const [entity, ...more] of written) await cli('writing', entity, 'on', ...more)
  const before = writesOf(site).length
  const waits = async () => Object.entries((await ask('overview')).queue).filter(([state, n]) => n > 0 && state !== 'failed')
  await waitFor('everything that may be written is with Procore', async () => (await waits()).length === 0, { shows: waits })
  const { queue } = await ask('overview')
  say(`  ${writesOf(site).length - before} calls wrote all of it; ${queue['failed'] ?? 0} costs wait for a person`)
  await sayProblems(say, ask)
}

/** Problems by kind: what a person would see in the popup. */
async function sayProblems(say: (line: string) => void, ask: DemoAgent['ask']): Promise<void> {
  const { groups } = await ask('problems', { query: {} })
  const byCode = [...Map.groupBy(groups, ({ problem }) => problem.code).values()]
  for (const [first, ...rest] of byCode) {
    const count = [first, ...rest].reduce((sum, group) => sum + (group?.count ?? 0), 0)
    if (first) say(`    ${count} × ${rest.length > 0 ? 'e.g. ' : ''}${first.problem.says} ${first.problem.do}`)
  }
}
