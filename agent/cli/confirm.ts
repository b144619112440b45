import { type ItemType, itemTypes } from '../../shared/item.ts'
import { type CliCommand, exit, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'
import { recordNamed } from './record-named.ts'

const isType = (text: string | undefined): text is ItemType => (itemTypes as readonly string[]).includes(text ?? '')

const usage = 'confirm LINK TYPE:ID|ADDRESS'

export const confirm: CliCommand = {
  says: 'Say that an ERP record and a Procore item are the same thing.',
  usage: `${usage}     LINK as the problem names it, e.g. confirm 812 vendor:4455; ADDRESS of the item’s page in Procore`,
  options: {},
  async run({ folder, out, words: [link, item] }) {
    if (!link || !item) throw new UsageFault(usage)
    const { ask, close } = await openAgent(folder)
    try {
      const [type, id] = (await recordNamed(item, ask)).split(':')
      if (!isType(type) || !id) throw new UsageFault(usage)
      const status = await ask('confirmMatch', { params: { id: link }, body: { item: { type, id } } })
      out.say(`${status.erpKey ?? link} and ${type} ${id} are one: ${status.state}.`)
      out.result(status)
      return exit.fine
    } finally {
      close()
    }
  },
}
