import { type CliCommand, exit, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'
import { recordNamed } from './record-named.ts'

const usage = 'archive TYPE:ID|ADDRESS|ENTITY/KEY|LINK [--reason TEXT] [--undo]'

export const archive: CliCommand = {
  says: 'Put away a record or item nothing is tied to, for good or until it is taken back.',
  usage: `${usage}
  --reason  why; kept with it
  --undo    take it back`,
  options: { reason: { type: 'string' }, undo: { type: 'boolean' } },
  async run({ folder, out, values, words: [named] }) {
    if (named === undefined) throw new UsageFault(usage)
    const { ask, close } = await openAgent(folder)
    try {
      const id = await recordNamed(named, ask)
      const undo = values['undo'] === true
      const reason = textOf(values, 'reason')
      const answer = undo
        ? await ask('takeBack', { params: { id } })
        : await ask('archive', { params: { id }, body: reason === undefined ? {} : { reason } })
      out.say(
        undo
          ? `${id} is back: it is matched and asked about again.`
          : `${id} is archived: nothing asks about it until “tieback archive ${id} --undo”.`,
      )
      out.result(answer)
      return exit.fine
    } finally {
      close()
    }
  },
}
