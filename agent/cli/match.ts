import type { CandidateShape } from '../../shared/api/matches.ts'
import { type Entity, entities } from '../../shared/item.ts'
import { certainFrom, leastLikely } from '../../shared/match.ts'
import { english } from '../../shared/words/english.ts'
import { sayCode } from '../../shared/words/say.ts'
import { sayEvidence } from '../../shared/words/say-match.ts'
import { type CliCommand, exit, type Output, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'
import { recordNamed } from './record-named.ts'

const isEntity = (text: string | undefined): text is Entity => (entities as readonly string[]).includes(text ?? '')

const shownLeft = 20

const usage = 'match ENTITY [--at-least 0.9] [--yes] [--company ID] | match LINK|TYPE:ID|ADDRESS|ENTITY/KEY'

export const match: CliCommand = {
  says: 'Which records and items look like the same thing, and why; ties the sure ones with --yes.',
  usage: `${usage}
  ENTITY      ${entities.join(', ')}: every record nothing is tied to
  --at-least  how likely a pair must be, 0.5 to 1
  --yes       tie them; without it they are only shown`,
  options: { 'at-least': { type: 'string' }, yes: { type: 'boolean' }, company: { type: 'string' } },
  async run({ folder, out, values, words: [what] }) {
    if (what === undefined) throw new UsageFault(usage)
    const atLeast = Number(textOf(values, 'at-least') ?? certainFrom)
    if (!(atLeast >= leastLikely && atLeast <= 1)) throw new UsageFault('--at-least is a number from 0.5 to 1.')
    const { ask, close } = await openAgent(folder)
    try {
      if (!isEntity(what)) return tellOne(out, await ask('candidates', { params: { id: await recordNamed(what, ask) } }))
      const look = values['yes'] !== true
      const body = { company: textOf(values, 'company') ?? null, entity: what, atLeast, look }
      const answer = await ask('matches', { body })
      for (const one of answer.tied) out.say(`${look ? 'would tie' : 'tied'}  ${pairText(one)}`)
      for (const { erpKey, because, best } of answer.left.slice(0, shownLeft))
        out.say(`left  ${erpKey}: ${sayCode(english, 'match.left', because)}${best ? `. Best: ${pairText(best)}` : ''}`)
      const more = answer.more.left + Math.max(0, answer.left.length - shownLeft)
      if (more > 0) out.say(`      and ${more} more left.`)
      if (answer.more.tied > 0) out.say(`${answer.more.tied} more are sure enough: say it again.`)
      out.say(
        `${answer.tied.length} ${look ? 'would be tied; --yes ties them' : 'tied'}, ${answer.left.length + answer.more.left} left to a person.`,
      )
      out.result(answer)
      return exit.fine
    } finally {
      close()
    }
  },
}

function tellOne(out: Output, answer: { candidates: CandidateShape[]; more: number }): number {
  for (const one of answer.candidates) {
    out.say(pairText(one))
    if (one.conflicts.every(({ code }) => code === 'item-unlinked'))
      out.say(`      tieback confirm ${one.link} ${one.item.type}:${one.item.id}`)
  }
  if (answer.more > 0) out.say(`and ${answer.more} more, less likely.`)
  if (answer.candidates.length === 0) out.say('Nothing looks like it.')
  out.result(answer)
  return exit.fine
}

const pairText = ({ score, erpKey, number, name, item, reasons, against, conflicts }: CandidateShape): string =>
  [
    `${score.toFixed(2)}  ${erpKey} = ${number}${name === null || name === number ? '' : ` “${name}”`} (${item.type}:${item.id})`,
    ...[...reasons, ...against].map((one) => sayEvidence(one, english)),
    ...conflicts.map(({ code, params }) => `! ${sayCode(english, 'match', code, code, params)}`),
  ].join(' · ')
