import type { Concerned, ProblemGroup } from '../../shared/api/problems.ts'
import { letThroughCodes } from '../../shared/problem.ts'
import { english } from '../../shared/words/english.ts'
import { sayCause, sayWho } from '../../shared/words/say-group.ts'
import type { Output } from './command.ts'

const columns = 100
const examplesShown = 3
const confirmsShown = 5

/** Files that wait are let through by trying their cause again. */
const ofFiles: readonly string[] = letThroughCodes

/** One cause for a person at a terminal: what stands in the way, how much of it, since when, who can do what about it. */
export function sayGroup(out: Output, group: ProblemGroup): void {
  const { says, next, counts } = sayCause(english, group)
  const say = (indent: string, text: string) => wrapped(text, indent).forEach(out.say)
  say('  ', `${counts ? '' : `${group.count} × `}${says}${says.includes(group.problem.at?.file ?? '\n') ? '' : placeOf(group)}`)
  say('      ', `→ ${next}`)
  say('      ', [`since ${group.since}`, ...[sayWho(english, group)].filter((who) => who !== null)].join(' · '))
  const examples = sayExamples(group)
  if (examples !== null) say('      ', examples)
  for (const line of confirmLines(group)) out.say(`        ${line}`)
  const verb = ofFiles.includes(group.problem.code) ? 'let it through' : 'try again'
  if (isTriable(group)) out.say(`      ${verb}: tieback retry '${group.cause}'`) // whole, however long: it is copied
}

/** Whether trying again does anything: something waits behind it, or the way to Procore is closed. */
const isTriable = ({ waiting, problem }: ProblemGroup): boolean =>
  waiting === undefined ? ofFiles.includes(problem.code) || problem.code.startsWith('procore-') : waiting > 0

const placeOf = ({ problem: { at } }: ProblemGroup): string =>
  at?.file === undefined ? '' : ` [${at.file}${at.line === undefined ? '' : `:${at.line}`}]`

function sayExamples({ records = [], count }: ProblemGroup): string | null {
  const named = records.slice(0, examplesShown).map(sayConcerned)
  if (named.length === 0) return null
  const more = count - named.length
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const sayConcerned = ({ key, at }: Concerned): string =>
  [key ?? '', at === null ? '' : key === null ? `${at.file}:${at.line}` : `(${at.file}:${at.line})`].filter(Boolean).join(' ')

/** What to type where a person has to say which items belong together. */
const confirmLines = ({ records = [] }: ProblemGroup): string[] =>
  records
    .flatMap(({ link, candidates = [] }) => candidates.slice(0, confirmsShown).map((item) => `tieback confirm ${link} ${item}`))
    .slice(0, confirmsShown)

/** Broken between words to fit a terminal of 100 columns; a longer word stays whole. */
function wrapped(text: string, indent: string): string[] {
  const lines: string[] = []
  let line = indent
  for (const word of text.split(' ')) {
    const longer = line.trim() === '' ? `${line}${word}` : `${line} ${word}`
    if (longer.length <= columns || line.trim() === '') line = longer
    else {
      lines.push(line)
      line = `${indent}  ${word}`
    }
  }
  return [...lines, line]
}
