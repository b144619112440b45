import { type Entity, entities } from '../../shared/item.ts'
import { type CliCommand, exit, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'

const isEntity = (text: string | undefined): text is Entity => (entities as readonly string[]).includes(text ?? '')

export const writing: CliCommand = {
  says: 'What may be written to Procore; switch it on or off for one entity.',
  usage: `writing [ENTITY on|off] [--create] [--connection ID]
  ENTITY     ${entities.join(', ')}
  --create   with on: records that Procore does not know may be created there`,
  options: { create: { type: 'boolean' }, connection: { type: 'string' } },
  async run({ folder, values, out, words: [entity, how] }) {
    const { ask, close } = await openAgent(folder)
    try {
      const { connections } = await ask('overview')
      if (entity === undefined) {
        for (const { id, name, sources } of connections) {
          out.say(`Connection ${id} “${name}”`)
          for (const source of sources)
            out.say(
              `  ${source.entity.padEnd(18)} ${source.writing ? (source.creating ? 'writes and creates' : 'writes') : 'watches only'}`,
            )
        }
        out.result({ connections })
        return exit.fine
      }
      if (!isEntity(entity) || (how !== 'on' && how !== 'off'))
        throw new UsageFault(`writing ENTITY on|off; ENTITY is one of ${entities.join(', ')}.`)
      const asked = textOf(values, 'connection')
      const id = asked ?? (connections.length === 1 ? connections[0]?.id : undefined)
      if (id === undefined) throw new UsageFault('Which connection? --connection ID; “tieback status” lists them.')
      const set = await ask('setWriting', { params: { id }, body: { entity, writing: how === 'on', creating: values['create'] === true } })
      out.say(`${entity}: ${set.writing ? (set.creating ? 'writes and creates' : 'writes') : 'watches only'} from now on.`)
      out.result({ connection: id, ...set })
      return exit.fine
    } finally {
      close()
    }
  },
}
