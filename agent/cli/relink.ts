import { setTimeout } from 'node:timers/promises'
import type { AnswerOf } from '../../shared/api.ts'
import { en } from '../../shared/words/en.ts'
import type { Ask } from './ask-agent.ts'
import { type CliCommand, exit, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'
import { recordNamed } from './record-named.ts'

const usage = 'relink TYPE:ID|ADDRESS|LINK'

/** So often the link is looked at, once a second, before it is left to the agent. */
const looks = 60

export const relink: CliCommand = {
  says: 'Take an unlink back: the record and its lines carry their link again, exactly as before. For 30 days.',
  usage,
  options: {},
  async run({ folder, out, words: [named] }) {
    if (named === undefined) throw new UsageFault(usage)
    const { ask, close, running } = await openAgent(folder)
    try {
      if (!running) throw new UsageFault('The agent does not run: start it with “tieback start”.')
      const id = await recordNamed(named, ask)
      const first = await ask('relink', { params: { id }, body: {} })
      const answer = first.outcome === 'under-way' ? await ended(ask, id) : first
      out.say(saidOf(answer))
      out.result(answer)
      return answer.outcome === 'relinked' ? exit.fine : exit.trouble
    } finally {
      close()
    }
  },
}

/** How it ended, by the link itself. */
async function ended(ask: Ask, id: string): Promise<AnswerOf<'relink'>> {
  for (let n = 0; n < looks; n += 1) {
    const { status, undo = null, reason = null } = await ask('link', { params: { id } })
    // One that was off in part may be linked all the same while it is put back.
    if (undo === null && status.state !== 'unlinked') return { outcome: 'relinked', why: null, problem: null, undo }
    if (undo?.underWay !== true) return { outcome: 'refused', why: null, problem: reason, undo }
    await setTimeout(1_000)
  }
  return { outcome: 'under-way', why: null, problem: null, undo: null }
}

function saidOf({ outcome, why, problem }: AnswerOf<'relink'>): string {
  if (outcome === 'relinked') return 'Linked again, as before the unlink.'
  if (outcome === 'under-way') return 'On its way: Procore has not answered yet. “tieback unlink --look” tells how it ended.'
  const word = (en as Record<string, string>)[`undo.refused.${why}`] ?? why
  return `Not linked again. ${problem ? `${problem.says} ${problem.do}` : (word ?? '')}`
}
