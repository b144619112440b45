/** What the agent said of a fault: in words, with nothing left to fill in; and that it is over once the cause is gone. */
import { openReader, type Reader } from '../../agent/ledger/reader.ts'
import { type Problem, type ProblemCode, Trouble } from '../../shared/problem.ts'
import { english } from '../../shared/words/english.ts'
import { sayWhole } from '../../shared/words/say-problem.ts'
import { ledgerIn } from './office.ts'

/** What something is refused with; throws what is no trouble in words, and when it is not refused. */
export const saidBy = (work: Promise<unknown>): Promise<Problem> =>
  work.then(
    () => {
      throw new Error('Nothing was refused.')
    },
    (error: unknown) => {
      if (error instanceof Trouble) return error.problem
      throw error
    },
  )

export type Judged = {
  folder: string
  says: ProblemCode
  since: number
  /** What must be named. */
  names: readonly string[]
  /** Told to whoever asked, where no ledger could take it. */
  told: readonly Problem[]
}

/** What is wrong with how it was told: not at all, not in words, not by name, or still standing. */
export function failingsOf({ folder, says, since, names, told }: Judged): string[] {
  const reader = openReader(ledgerIn(folder))
  try {
    const sentences = [
      ...sentencesOf(reader, says, since),
      ...told.filter(({ code }) => code === says).map((one) => sayWhole(english, one)),
    ]
    const unnamed = names.filter((name) => !sentences.some((sentence) => sentence.includes(name)))
    return [
      ...(sentences.length === 0 ? ['said nothing'] : []),
      ...sentences.filter((sentence) => !isInWords(sentence)).map((sentence) => `not in words: ${sentence}`),
      ...unnamed.map((name) => `did not name ${name}`),
      ...(stands(reader, says) ? ['is not over'] : []),
    ]
  } finally {
    reader.close()
  }
}

/** The sentences of one trouble that was met since, open or over. */
function sentencesOf({ raw }: Reader, code: ProblemCode, since: number): string[] {
  const rows = raw
    .prepare('select distinct params from problems where code = ? and (opened_at >= ? or seen_at >= ?)')
    .all(code, since, since)
  return rows.map(({ params }) => sayWhole(english, { code, params: JSON.parse(String(params)) }))
}

const stands = ({ raw }: Reader, code: ProblemCode): boolean =>
  raw.prepare('select 1 from problems where code = ? and closed_at is null').get(code) !== undefined

/** A sentence a person can use: nothing in braces is left. */
const isInWords = (sentence: string): boolean => !/\{\w+\}/.test(sentence) && sentence.length > 20
