import { type Entity, entities } from '../../shared/item.ts'
import { type CliCommand, exit, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'

const isEntity = (text: string | undefined): text is Entity => (entities as readonly string[]).includes(text ?? '')
const usage = 'complete [ENTITY yes|no] [--connection ID]'

export const complete: CliCommand = {
  says: 'Say whether an entity’s exports always hold every record: only then is what is missing from them known to be gone.',
  usage: `${usage}
  ENTITY   ${entities.join(', ')}
  yes      every export holds every record, however old, without a proof beside it; two in a row must then agree that one is missing
  no       only what a file itself proves counts (an .ok file, a manifest or a last line with the number of rows)`,
  options: { connection: { type: 'string' } },
  async run({ folder, values, out, words: [entity, how] }) {
    if (entity !== undefined && (!isEntity(entity) || (how !== 'yes' && how !== 'no'))) throw new UsageFault(usage)
    const { ask, close } = await openAgent(folder)
    try {
      const { connections } = await ask('overview')
      if (entity === undefined) {
        for (const { id, name, sources } of connections) {
          out.say(`Connection ${id} “${name}”`)
          for (const source of sources) if (source.always) out.say(`  ${source.entity} exports always hold every record`)
        }
        out.result({ connections })
        return exit.fine
      }
      const id = textOf(values, 'connection') ?? (connections.length === 1 ? connections[0]?.id : undefined)
      if (id === undefined) throw new UsageFault('Which connection? --connection ID; “tieback status” lists them.')
      const set = await ask('setComplete', { params: { id }, body: { entity, always: how === 'yes' } })
      out.say(set.always ? `${entity}: every export holds every record, from now on.` : `${entity}: only what a file itself proves counts.`)
      out.result({ connection: id, ...set })
      return exit.fine
    } finally {
      close()
    }
  },
}
