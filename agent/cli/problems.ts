import { type CliCommand, exit, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'
import { retryCause } from './retry.ts'
import { sayGroup } from './say-group.ts'

export const problems: CliCommand = {
  says: 'Open problems by cause; try again what one cause held up.',
  usage: 'problems [retry CAUSE]',
  options: {},
  async run({ folder, out, words: [act, cause] }) {
    if (act !== undefined && (act !== 'retry' || cause === undefined)) throw new UsageFault('problems [retry CAUSE]')
    const { ask, close } = await openAgent(folder)
    try {
      if (cause !== undefined) return await retryCause(ask, out, cause)
      const { groups, total, moreGroups = 0 } = await ask('problems', { query: {} })
      out.say(total === 0 ? 'No open problem.' : `${total} open:`)
      for (const group of groups) sayGroup(out, group)
      if (moreGroups > 0) out.say(`  and ${moreGroups} more causes with fewer records each.`)
      out.result({ groups, total, moreGroups })
      return total === 0 ? exit.fine : exit.trouble
    } finally {
      close()
    }
  },
}
