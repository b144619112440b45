import type { Ask } from './ask-agent.ts'
import { type CliCommand, exit, type Output, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'

export const retry: CliCommand = {
  says: 'Try again everything one cause held up; a file that waits for a person is let through.',
  usage: 'retry CAUSE           the cause as “tieback status” prints it',
  options: {},
  async run({ folder, out, words }) {
    if (words.length === 0) throw new UsageFault('retry CAUSE; “tieback status” prints the causes.')
    const { ask, close } = await openAgent(folder)
    try {
      return await retryCause(ask, out, words.join(' '))
    } finally {
      close()
    }
  },
}

/** Says how much was tried again; an open cause nothing waits for stays as it is. */
export async function retryCause(ask: Ask, out: Output, cause: string): Promise<number> {
  const { retried } = await ask('retryProblems', { body: { cause } })
  const open = retried > 0 || (await ask('problems', { query: {} })).groups.some((group) => group.cause === cause)
  out.say(retried > 0 || !open ? `${retried} tried again.` : 'Nothing waits behind it: it is over once its cause is gone.')
  if (!open) out.say('No open problem has this cause; “tieback status” prints them.')
  out.result({ retried, open })
  return open ? exit.fine : exit.trouble
}
