import { type ItemType, itemTypes } from '../../shared/item.ts'
import { type CliCommand, exit, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'

const isType = (text: string | undefined): text is ItemType => (itemTypes as readonly string[]).includes(text ?? '')

export const confirm: CliCommand = {
  says: 'Say that an ERP record and a Procore item are the same thing.',
  usage: 'confirm LINK TYPE:ID     LINK as the problem names it, e.g. confirm 812 vendor:4455',
  options: {},
  async run({ folder, out, words: [link, item] }) {
    const [type, id] = item?.split(':') ?? []
    if (!link || !isType(type) || !id) throw new UsageFault('confirm LINK TYPE:ID')
    const { ask, close } = await openAgent(folder)
    try {
      const status = await ask('confirmMatch', { params: { id: link }, body: { item: { type, id } } })
      out.say(`${status.erpKey ?? link} and ${type} ${id} are one: ${status.state}.`)
      out.result(status)
      return exit.fine
    } finally {
      close()
    }
  },
}
