import type { StatusItem } from '../../shared/api.ts'
import { isLinkState, type LinkState, type Tone, toneOf } from '../../shared/link-state.ts'
import type { Words } from '../../shared/words/languages.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import { listed, moment } from '../../shared/words/when.ts'
import type { Known } from './book.ts'
import { type IconName, iconOf } from './icons.ts'

/**
 * What a badge shows. `word` stands in the pill, `says` is its sentence, `sentence` also names the ERP company and is the accessible name. `look`: full for what is fresh;
 * hollow for what is old (with a clock) or only last known.
 */
export type Badge = { icon: IconName; tone: Tone; word: string; says: string; sentence: string; look: 'full' | 'hollow'; state: string }

/** The badge of what is known about an item. Pure: the time comes in. */
export function badgeOf(known: Known, words: Words, now: Date): Badge {
  const { status, trouble } = known
  if (!status) return unknownBadge(known, words)
  const base = stateBadge(status, words, now, known)
  if (trouble) return lastKnown(base, known, words, now)
  return oldBadge(base, status, known, words, now) ?? base
}

function stateBadge(status: StatusItem, words: Words, now: Date, known: Known): Badge {
  const state: LinkState | null = isLinkState(status.state) ? status.state : null
  const erp = erpOf(status, known)
  const params = {
    erp: erp.name,
    erpCompany: erp.company,
    state: status.state,
    since: when(status.since, words, now),
    asOf: when(status.erpAsOf, words, now),
    fields: fieldNames(status, words),
    key: status.erpKey ?? '',
  }
  const says = sayCode(words, 'says', state ?? 'unknown', '', params)
  return {
    icon: state ? iconOf[state] : 'dots',
    tone: state ? toneOf[state] : 'gray',
    word: sayCode(words, 'state', status.state, status.state),
    says,
    sentence: erp.company ? `${says} ${say(words, 'says.company', params)}` : says,
    look: 'full',
    state: status.state,
  }
}

/** The ERP a state speaks of; before a connection is known it is just “the ERP”. */
function erpOf(status: StatusItem, known: Known): { name: string; company: string } {
  const connection = status.connection === null ? undefined : known.connections[status.connection]
  return connection ? { name: connection.erp, company: connection.erpCompany } : { name: 'ERP', company: '' }
}

function lastKnown(base: Badge, known: Known, words: Words, now: Date): Badge {
  const since = say(words, 'badge.unreachable', { when: when(known.asOf, words, now) })
  return { ...base, tone: 'gray', look: 'hollow', says: `${base.says} ${since}`, sentence: `${base.sentence} ${since}` }
}

/** Old means an expected export was missed by rhythm and working days; the agent says so, a fixed age never does. */
function oldBadge(base: Badge, status: StatusItem, known: Known, words: Words, now: Date): Badge | null {
  const old = status.connection === null ? null : known.connections[status.connection]?.old
  if (!old) return null
  const missed = say(words, 'badge.old.says', {
    entity: sayCode(words, 'entity', old.entity),
    expected: when(old.expected, words, now),
  })
  const word = say(words, 'badge.old', { when: when(status.erpAsOf, words, now) })
  const all = (text: string): string => `${base.word}. ${text} ${missed}`
  return { ...base, icon: 'clock', look: 'hollow', word, says: all(base.says), sentence: all(base.sentence) }
}

/** Nothing is known, and why. */
function unknownBadge({ trouble }: Known, words: Words): Badge {
  const told = trouble && words.problems[trouble.code]
  const sentence = told ? told.join(' ') : say(words, 'badge.never')
  return {
    icon: 'dots',
    tone: 'gray',
    word: say(words, 'state.unknown'),
    says: sentence,
    sentence,
    look: 'hollow',
    state: trouble?.code ?? 'unknown',
  }
}

const when = (iso: string | null, words: Words, now: Date): string => moment(iso, words.locale, now) ?? say(words, 'asOf.unknown')

export const fieldNames = (status: Pick<StatusItem, 'fields'>, words: Words): string =>
  listed(
    (status.fields ?? []).map((field) => sayCode(words, 'field', field, field.replaceAll(/[-_]/g, ' '))),
    words.locale,
  ) || '–'
