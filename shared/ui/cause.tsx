import type { ComponentChildren } from 'preact'
import type { Concerned, ProblemGroup } from '../api/problems.ts'
import type { Tone } from '../link-state.ts'
import type { Words } from '../words/languages.ts'
import { say } from '../words/say.ts'
import { sayCause, sayWho } from '../words/say-group.ts'
import { sayWhole, type ToldProblem } from '../words/say-problem.ts'
import { moment } from '../words/when.ts'
import type { Table } from './table-text.ts'

/** Where the record behind a line can be opened, if it can. */
type HrefOf = (one: Concerned) => string | null
type Props = { group: ProblemGroup; words: Words; hrefOf?: HrefOf; children?: ComponentChildren }

const recordsShown = 10
const tones: Record<string, Tone> = { wait: 'blue', look: 'blue', ask: 'yellow' }

/** One cause, with all that stands behind it: what, how many, what to do, who can, since when, where, which; then whatever takes the next step. */
export const Cause = ({ group, words, hrefOf = () => null, children }: Props) => {
  const { says, next } = sayCause(words, group)
  const since = moment(group.since, words.locale, new Date())
  const about = [sayWho(words, group), since && say(words, 'problems.since', { since })].filter(Boolean).join(' · ')
  const place = placeOf(group, words)
  return (
    <li class="problem" data-tone={tones[group.problem.next] ?? 'red'} data-code={group.problem.code}>
      <div class="row">
        <p class="says">{says}</p>
        {group.count > 1 && (
          <span class="count" title={say(words, 'popup.affected')}>
            {group.count}
          </span>
        )}
      </div>
      <p class="next">{next}</p>
      <small>{about}</small>
      {place && (
        <p>
          <small>{place}</small>
        </p>
      )}
      <Records group={group} words={words} hrefOf={hrefOf} />
      {children}
    </li>
  )
}

/** Every cause, also those that are not shown. */
export const causesTable = (groups: readonly ProblemGroup[], words: Words): Table => ({
  head: [say(words, 'copy.problem'), say(words, 'copy.next'), say(words, 'copy.affected')],
  rows: groups.map((group) => {
    const { says, next } = sayCause(words, group)
    return [says, next, { number: String(group.count) }]
  }),
})

/** Files that wait for a person are let through at the server alone: an admin looks at them first. */
export const isTriable = ({ waiting, problem: { code } }: ProblemGroup): boolean =>
  waiting === undefined ? code.startsWith('procore-') : waiting > 0

export type Retried = 'asking' | { value: { retried: number } } | { problem: ToldProblem } | null

/** Pressed once: what came of it stands beside. */
export const Retry = ({ group, words, said, retry }: { group: ProblemGroup; words: Words; said: Retried; retry: () => void }) => (
  <>
    <button class="button small" type="button" disabled={said !== null} onClick={retry}>
      {group.waiting === undefined ? say(words, 'problems.retry') : say(words, 'problems.retry-all', { count: group.waiting })}
    </button>
    <small role="status">{sayRetried(said, words)}</small>
  </>
)

function sayRetried(said: Retried, words: Words): string {
  if (said === null) return ''
  if (said === 'asking') return say(words, 'problems.retrying')
  if ('problem' in said) return sayWhole(words, said.problem)
  const { retried } = said.value
  return retried > 0 ? say(words, 'problems.retried', { count: retried }) : say(words, 'problems.retried.none')
}

/** Where it stands, if it stands in a file. */
const placeOf = ({ problem: { at } }: ProblemGroup, words: Words): string | null =>
  at?.file === undefined ? null : at.line === undefined ? at.file : say(words, 'problems.place', { file: at.file, line: at.line })

const Records = ({ group: { records = [], count }, words, hrefOf }: Required<Pick<Props, 'group' | 'words' | 'hrefOf'>>) => {
  if (records.length === 0) return null
  const shown = records.slice(0, recordsShown)
  return (
    <details>
      <summary>{say(words, 'problems.examples')}</summary>
      <ul>
        {shown.map((one) => (
          <Record key={`${one.link} ${one.at?.line}`} one={one} href={hrefOf(one)} words={words} />
        ))}
      </ul>
      {count > shown.length && <small>{say(words, 'problems.more', { count: count - shown.length })}</small>}
    </details>
  )
}

const Record = ({ one: { key, item, at }, href, words }: { one: Concerned; href: string | null; words: Words }) => {
  const place = at && say(words, 'problems.place', at)
  return (
    <li>
      {href ? <Open href={href} text={key ?? item?.id ?? ''} /> : key} {place && <small>{place}</small>}
    </li>
  )
}

export const Open = ({ href, text }: { href: string; text: string }) => (
  <a href={href} target="_blank" rel="noreferrer">
    {text}
  </a>
)
