import type { StatusItem } from '../../shared/api/status.ts'
import { entityOfItem, type ItemType } from '../../shared/item.ts'
import { isLinkState, type LinkState, toneOf } from '../../shared/link-state.ts'
import { fieldNames } from '../../shared/words/fields.ts'
import type { Words } from '../../shared/words/languages.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import { sayWhole, type ToldProblem } from '../../shared/words/say-problem.ts'
import { moment } from '../../shared/words/when.ts'
import type { Connections } from '../bridge/calls.ts'
import type { Badge } from '../ui/badge-shape.ts'
import type { IconName } from '../ui/icons.ts'

/** What an agent said of an item, or last said. `asOf`: when; `trouble`: why it is only last known, or why nothing is. */
export type Known = { status: StatusItem | null; connections: Connections; asOf: string; trouble: ToldProblem | null }

/**
 * The badge of what is known about an item; the time comes in. Made here rather than in the page: lists ask for hundreds, and the words and
 * time formats of a language weigh more than all of the page's script.
 */
export function badgeOf(known: Known, words: Words, now: Date): Badge {
  const { status, trouble } = known
  if (!status) return unknownBadge(known, words)
  const base = stateBadge(status, words, now, known)
  if (trouble) return lastKnown(base, known, words, now)
  return oldBadge(base, status, known, words, now) ?? base
}

function stateBadge(status: StatusItem, words: Words, now: Date, known: Known): Badge {
  const erp = erpOf(status, known)
  const params = {
    erp: erp.name,
    erpCompany: erp.company,
    state: status.state,
    since: when(status.since, words, now),
    asOf: when(status.erpAsOf, words, now),
    fields: fieldNames(status.fields ?? [], words),
    key: status.erpKey ?? '',
  }
  const told = toldAs(status)
  const look = lookOf(status, words)
  const says = sayCode(words, 'says', told === 'not-linked' && !isExported(status) ? 'not-exported' : (told ?? 'unknown'), '', params)
  return {
    ...look,
    cellWord: sayCode(words, 'cell', told ?? status.state, look.word),
    says,
    sentence: erp.company ? `${says} ${say(words, 'says.company', params)}` : says,
    look: 'full',
    state: status.state,
  }
}

/** False for what no export carries: nothing will ever tie it, so nothing is promised. */
const isExported = ({ type }: StatusItem): boolean => entityOfItem[type as ItemType] !== undefined

type Stated = Pick<StatusItem, 'state' | 'neverAgreed'>

/** The state as it is told: both sides of a pair that never agreed did not change, they differ. Null for one this version does not know. */
function toldAs({ state, neverAgreed }: Stated): LinkState | 'differs' | null {
  if (!isLinkState(state)) return null
  return state === 'changed-in-both' && neverAgreed ? 'differs' : state
}

/** Icon, tone and word of a state, wherever it stands. */
export function lookOf(status: Stated, words: Words): Pick<Badge, 'icon' | 'tone' | 'word'> {
  const state: LinkState | null = isLinkState(status.state) ? status.state : null
  return {
    icon: state ? iconOf[state] : 'dots',
    tone: state ? toneOf[state] : 'gray',
    word: sayCode(words, 'state', toldAs(status) ?? status.state, status.state),
  }
}

/** The ERP a state speaks of; before a connection is known it is just “the ERP”. */
function erpOf(status: StatusItem, known: Known): { name: string; company: string } {
  const connection = status.connection === null ? undefined : known.connections[status.connection]
  return connection ? { name: connection.erp, company: connection.erpCompany } : { name: 'ERP', company: '' }
}

function lastKnown(base: Badge, known: Known, words: Words, now: Date): Badge {
  const at = { when: when(known.asOf, words, now) }
  const why = known.trouble?.code === 'agent-unreachable' || !known.trouble ? null : sayWhole(words, known.trouble)
  const since = why === null ? say(words, 'badge.unreachable', at) : `${say(words, 'badge.last', at)} ${why}`
  return { ...base, tone: 'gray', look: 'hollow', says: `${base.says} ${since}`, sentence: `${base.sentence} ${since}` }
}

/** Old means an expected export was missed by rhythm and working days, or a reading of Procore by its plan; the agent says so, a fixed age never does. */
function oldBadge(base: Badge, status: StatusItem, known: Known, words: Words, now: Date): Badge | null {
  const old = status.old ?? oldByConnection(status, known)
  if (!old) return null
  const side = old.side === 'procore' ? 'procore' : 'erp'
  const asOf = when(side === 'procore' ? status.procoreAsOf : status.erpAsOf, words, now)
  const missed = say(words, side === 'procore' ? 'badge.old.procore' : 'badge.old.says', {
    entity: sayCode(words, 'entity', old.entity),
    expected: when(old.expected, words, now),
    asOf,
  })
  const word = say(words, 'badge.old', { when: asOf })
  const all = (text: string): string => `${base.word}. ${text} ${missed}`
  return { ...base, icon: 'clock', look: 'hollow', word, cellWord: word, says: all(base.says), sentence: all(base.sentence) }
}

/** Of an agent that only says what its connection missed: it counts where the item rests on that export. */
function oldByConnection({ type, connection }: StatusItem, { connections }: Known): StatusItem['old'] {
  const old = connection === null ? null : connections[connection]?.old
  return old && entityOfItem[type as ItemType] === old.entity ? old : undefined
}

/** Nothing is known, and why. */
function unknownBadge({ trouble }: Known, words: Words): Badge {
  const sentence = trouble ? sayWhole(words, trouble) : say(words, 'says.unknown', { state: '–' })
  return {
    icon: 'dots',
    tone: 'gray',
    word: say(words, 'state.unknown'),
    cellWord: say(words, 'state.unknown'),
    says: sentence,
    sentence,
    look: 'hollow',
    state: trouble?.code ?? 'unknown',
  }
}

const when = (iso: string | null, words: Words, now: Date): string => moment(iso, words.locale, now) ?? say(words, 'asOf.unknown')

/** Colour never speaks alone: every state has a shape of its own kind. */
const iconOf: Record<LinkState, IconName> = {
  'not-linked': 'unlinked',
  'ready-to-send': 'up',
  sent: 'up',
  rejected: 'back',
  written: 'clock',
  synced: 'check',
  failed: 'alert',
  'changed-in-erp': 'differs',
  'changed-in-procore': 'differs',
  'changed-in-both': 'differs',
  'gone-from-erp': 'gone',
  'left-with-job': 'gone',
  unlinking: 'dots',
  unlinked: 'unlinked',
  foreign: 'other',
  orphan: 'alert',
  archived: 'other',
  'not-compared': 'dash',
}
