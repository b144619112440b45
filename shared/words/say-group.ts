import type { ProblemGroup } from '../api/problems.ts'
import type { Words } from './languages.ts'
import { filled, sayCode } from './say.ts'
import { sayTold } from './say-problem.ts'
import { readable } from './say-value.ts'
import { listed } from './when.ts'

/** “214 job costs and 3 commitments”; null where the agent does not say which kinds (an older one, or trouble of no record). */
function sayRecords({ kinds = [] }: ProblemGroup, words: Words): string | null {
  const parts = kinds.map(({ entity, count }) => `${count} ${sayCode(words, 'entity', entity)}`)
  return parts.length === 0 ? null : listed(parts, words.locale)
}

/**
 * One cause in one plain sentence. Of several records it tells how many of which kind; where no such sentence is known, or it cannot be
 * filled, it tells of the first. `counts`: the sentence says how many.
 */
export function sayCause(words: Words, group: ProblemGroup): { says: string; next: string; counts: boolean } {
  const { problem, count } = group
  const params = { ...problem.params, ...named(group) }
  const first = { ...sayTold(words, { ...problem, params }), counts: false }
  if (count < 2) return first
  const records = sayRecords(group, words)
  const { file, line, column } = problem.at ?? {}
  const known = Object.entries({ records, count, file, line, column }).filter((one): one is [string, string | number] => one[1] != null)
  const says = filled(sayCode(words, 'many', problem.code, '{none}'), {
    ...readable(words, { ...problem, params }),
    ...Object.fromEntries(known),
  })
  return /\{\w+\}/.test(says) ? first : { ...first, says, counts: true }
}

/** A project as people call it; problems themselves name it by its number alone. */
function named({ project, problem }: ProblemGroup): { project?: string } {
  const name = [project?.number, project?.name].filter(Boolean).join(' ')
  return name === '' || problem.params?.['project'] === undefined ? {} : { project: name }
}

/** Who can put it right; null where the agent does not say. */
export const sayWho = (words: Words, { who }: ProblemGroup): string | null =>
  who === undefined ? null : filled(words.texts['problems.who'], { who: sayCode(words, 'who', who) })
