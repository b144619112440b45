import { type CliCommand, exit, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'
import { sayGroup } from './status.ts'

export const problems: CliCommand = {
  says: 'Open problems by cause; try again what one cause held up.',
  usage: 'problems [retry CAUSE]',
  options: {},
  async run({ folder, out, words: [act, cause] }) {
    if (act !== undefined && (act !== 'retry' || cause === undefined)) throw new UsageFault('problems [retry CAUSE]')
    const { ask, close } = await openAgent(folder)
    try {
      if (cause !== undefined) {
        const { retried } = await ask('retryProblems', { body: { cause } })
        out.say(`${retried} tried again.`)
        out.result({ retried })
        return exit.fine
      }
      const { groups, total } = await ask('problems', { query: {} })
      out.say(total === 0 ? 'No open problem.' : `${total} open:`)
      for (const group of groups) sayGroup(out, group)
      out.result({ groups, total })
      return total === 0 ? exit.fine : exit.trouble
    } finally {
      close()
    }
  },
}
