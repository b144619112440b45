import type { OverviewAnswer } from '../../shared/api/connections.ts'
import { type Entity, entities } from '../../shared/item.ts'
import type { Ask } from './ask-agent.ts'
import { type CliCommand, exit, type Output, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'

const isEntity = (text: string | undefined): text is Entity => (entities as readonly string[]).includes(text ?? '')

/** So many runs back is looked for what would be written, and so many changes are told one by one. */
const runsLooked = 200
const toldOneByOne = 5

type Connection = OverviewAnswer['connections'][number]
type Would = { key: string; op: string; body: Record<string, unknown> }

export const writing: CliCommand = {
  says: 'What may be written to Procore; what would be; switch it on or off for one entity.',
  usage: `writing [ENTITY [on|off]] [--create] [--connection ID]
  ENTITY     ${entities.join(', ')}; alone: what would be written for it, were it on
  --create   with on: records that Procore does not know may be created there`,
  options: { create: { type: 'boolean' }, connection: { type: 'string' } },
  async run({ folder, values, out, words: [entity, how] }) {
    const { ask, close } = await openAgent(folder)
    try {
      const { connections } = await ask('overview')
      if (entity === undefined) return list(out, connections)
      if (!isEntity(entity) || (how !== undefined && how !== 'on' && how !== 'off'))
        throw new UsageFault(`writing ENTITY [on|off]; ENTITY is one of ${entities.join(', ')}.`)
      const asked = textOf(values, 'connection')
      const id = asked ?? (connections.length === 1 ? connections[0]?.id : undefined)
      if (id === undefined) throw new UsageFault('Which connection? --connection ID; “tieback status” lists them.')
      if (how === undefined) return tellWould(out, entity, await wouldOf(ask, id, entity))
      const set = await ask('setWriting', { params: { id }, body: { entity, writing: how === 'on', creating: values['create'] === true } })
      out.say(`${entity}: ${saidOf(set)} from now on.`)
      out.result({ connection: id, ...set })
      return exit.fine
    } finally {
      close()
    }
  },
}

const saidOf = ({ writing, creating }: { writing: boolean; creating: boolean }): string =>
  writing ? (creating ? 'writes and creates' : 'writes') : 'watches only'

function list(out: Output, connections: readonly Connection[]): number {
  for (const { id, name, sources } of connections) {
    out.say(`Connection ${id} “${name}”`)
    for (const source of sources) out.say(`  ${source.entity.padEnd(18)} ${saidOf(source)}`)
  }
  out.result({ connections })
  return exit.fine
}

/** What the newest runs of an entity would have written; the newest word on a record counts. */
async function wouldOf(ask: Ask, connection: string, entity: string): Promise<Would[]> {
  const { runs } = await ask('runs', { query: { connection, limit: runsLooked } })
  const found = new Map<string, Would>()
  for (const run of runs.filter((one) => one.entity === entity && one.kind === 'file'))
    for (const one of (await ask('run', { params: { id: run.id } })).wouldWrite) if (!found.has(one.key)) found.set(one.key, one)
  return [...found.values()]
}

function tellWould(out: Output, entity: string, would: readonly Would[]): number {
  const counts = Map.groupBy(would, ({ op }) => op)
  const said = [...counts].map(([op, of]) => `${op} ${of.length}`).join(', ')
  out.say(would.length === 0 ? `${entity}: nothing would be written.` : `${entity}: would ${said}. “writing ${entity} on” lets it.`)
  for (const { key, op, body } of would.slice(0, toldOneByOne)) out.say(`  ${op} ${key} ${JSON.stringify(body)}`)
  if (would.length > toldOneByOne) out.say(`  and ${would.length - toldOneByOne} more; --json lists them all.`)
  out.result({ entity, would })
  return exit.fine
}
