/**
 * What a page may ask the background, and what the background tells pages. Data only: errors cross as problems with a code.
 * Nothing here names a host, a company or an agent: the background takes those from the sender's own address.
 */

import type { LinkAnswer } from '../../shared/api/links.ts'
import type { RunShape } from '../../shared/api/runs.ts'
import type { StatusAnswer, StatusItem } from '../../shared/api/status.ts'
import type { AnswerOf } from '../../shared/api.ts'
import type { Event } from '../../shared/event.ts'
import type { ItemRef } from '../../shared/item.ts'
import type { ListGroup } from '../../shared/list-group.ts'
import type { WhyAction, WhyAnswer } from '../../shared/why.ts'
import type { Words } from '../../shared/words/languages.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import type { Badge } from '../ui/badge-shape.ts'

/** What a page needs before it draws anything. */
export type Welcome = {
  words: Words
  /** Ids of features that are on; empty where Tieback is paused. */
  features: readonly string[]
  toasts: 'mine' | 'all'
  /** The reader's id at the agent of this page's company, to tell what they started themselves. */
  person: string | null
}

export type Connections = StatusAnswer['connections']

/** A badge for each item asked for: most look alike, so each look stands once, and `of` says which. `trouble`: why they are only last known. */
export type Badges = { looks: readonly Badge[]; of: Record<string, number>; trouble: ToldProblem | null }

/** `person`: in whose name this browser acts, and with which role at the agent. */
export type Details = { link: LinkAnswer; connections: Connections; asOf: string; person: string; role: string }

/** What an unlink would come to, said in the reader's language: `kind` by its code and by its word. */
export type ForecastView = { kind: string; word: string; says: string }

/** How an unlink ended, or that it is under way. */
export type Unlinked = AnswerOf<'unlink'>
/** Records of the ERP that may be the same thing as an item, best first. */
export type Candidates = AnswerOf<'candidates'>
export type Candidate = Candidates['candidates'][number]
/** What may be tied in the page's list and what is left to a person, and in whose name it would be. */
export type Matches = AnswerOf<'matches'> & { person: string }
/** What was tied of what a person chose, and what was left. */
export type Tied = AnswerOf<'tieMatches'>
/** What is ready in the page's list, and in whose name it would be unlinked. */
export type Ready = AnswerOf<'readyUnlinks'> & { person: string }
/** How far many unlinks are. */
export type Batch = AnswerOf<'unlinkBatch'>
/** How an undo ended. */
export type Relinked = AnswerOf<'relink'>

/** Ids as the page's own links name them: a hint for addresses that hide the company, checked by the background. */
type Hint = { company: string | null }

/** One item of a list as the drawer shows it, said in the reader's language. */
export type ListEntry = {
  item: ItemRef
  /** Its page on this host; null where no address is known. */
  href: string | null
  number: string
  name: string
  erpKey: string
  fields: string
  pill: Pick<Badge, 'icon' | 'tone' | 'word'>
}

/** The line above a list: its parts in the order people read them, null while the list was never read whole. */
export type ListView = {
  parts: readonly { group: ListGroup; text: string }[] | null
  /** How old it is, short and in full. */
  asOf: string
  says: string
  /** What the line is about, for those who cannot see where it stands. */
  region: string
  /** Of the group asked for. */
  entries: readonly ListEntry[]
  more: number
}

export type Calls = {
  welcome: { input: { locale: string }; output: Welcome }
  /** Items by their keys (`type:id`); their project is the page's. */
  badges: { input: Hint & { items: readonly string[] }; output: Badges }
  /** How the page's whole list stands; with a group, its items come along. `types`: those the open tab lists, where the page has tabs. */
  list: { input: Hint & { group: ListGroup | null; types: readonly string[] }; output: ListView }
  details: { input: Hint & { item: ItemRef }; output: Details }
  /** Null where there is nothing to unlink, or not by us: a button would promise what nobody can keep. */
  forecast: { input: Hint & { item: ItemRef }; output: ForecastView | null }
  /** Every link an action on the item hangs on. */
  why: { input: Hint & { item: ItemRef; action: WhyAction }; output: WhyAnswer }
  /** Checks both sides of the item now. */
  check: { input: Hint & { item: ItemRef }; output: { run: string } }
  /** Only with the id of a forecast that this tab was shown. `override`: against it, by an admin’s typed reason. */
  unlink: { input: Hint & { item: ItemRef; forecast: string; reason?: string; children?: boolean; override?: boolean }; output: Unlinked }
  /** Has exports that wait read before a person is asked again; `reading` while that goes on. */
  readFirst: { input: Hint & { item: ItemRef }; output: { reading: boolean } }
  candidates: { input: Hint & { item: ItemRef }; output: Candidates }
  /** Which records and items of the page's list are certainly the same. Ties nothing. */
  matches: { input: Hint & { atLeast: number }; output: Matches }
  /** Ties those of these pairs that still are; items by their keys (`type:id`). */
  tie: { input: Hint & { atLeast: number; pairs: readonly { link: string; item: string }[] }; output: Tied }
  /** Puts an item nothing is tied to away for good, or takes it back. */
  archive: { input: Hint & { item: ItemRef; on: boolean }; output: null }
  /** `types`: those the open tab lists, where the page has tabs and tells; of the others it asks all it lists. Only what is gone from the ERP. */
  ready: { input: Hint & { types: readonly string[] }; output: Ready }
  /** Only with ids of forecasts that this tab was shown. */
  unlinkMany: { input: Hint & { entries: readonly { link: string; forecast: string }[]; reason?: string }; output: Batch }
  batch: { input: Hint & { id: string }; output: Batch }
  /** Asks for an unlink in advance, or takes that back. */
  watch: { input: Hint & { item: ItemRef; on: boolean; reason?: string }; output: null }
  /** Takes an unlink back. */
  relink: { input: Hint & { item: ItemRef }; output: Relinked }
  retry: { input: Hint & { cause: string }; output: { retried: number } }
  confirm: { input: Hint & { item: ItemRef; link: string }; output: StatusItem }
  runs: { input: Hint; output: { runs: RunShape[] } }
  /** Puts the popover's script into this page. */
  popover: { input: Record<string, never>; output: null }
  openOptions: { input: Record<string, never>; output: null }
  openAgent: { input: Hint; output: null }
  /** Opens the page that tells the item's whole history. */
  openHistory: { input: Hint & { item: ItemRef }; output: null }
  missing: { input: { feature: string; anchor: string; kind: string }; output: null }
}

export type CallName = keyof Calls

/**
 * What each call is: a question may be asked once more, an act never, for the first may have been heard. A new call chooses here, or nothing compiles.
 */
export const calls: Record<CallName, 'question' | 'act'> = {
  welcome: 'question',
  badges: 'question',
  list: 'question',
  details: 'question',
  forecast: 'question',
  why: 'question',
  check: 'act',
  readFirst: 'question',
  unlink: 'act',
  candidates: 'question',
  matches: 'question',
  tie: 'act',
  archive: 'act',
  ready: 'question',
  unlinkMany: 'act',
  batch: 'question',
  watch: 'act',
  relink: 'act',
  retry: 'act',
  confirm: 'act',
  runs: 'question',
  popover: 'question',
  openOptions: 'question',
  openAgent: 'question',
  openHistory: 'act',
  missing: 'question',
}

export type Ask = <N extends CallName>(name: N, input: Calls[N]['input']) => Promise<Reply<Calls[N]['output']>>
export type Reply<T> = { value: T } | { problem: ToldProblem }

/** The input travels as JSON text: browsers take five times as long to hand over the same objects (tried 2026-11, Chromium 156). */
export type CallMessage = { n: number; tieback: CallName; input: string }
export type Answered = { n: number; reply: Reply<unknown> }

/** What the background tells every open page. */
export type News =
  /** Numbered events since the last news; `front` for the one tab a person looks at. */
  | { news: 'events'; events: readonly Event[]; front: boolean }
  /** Forget everything known about these items, or about all of them. */
  | { news: 'changed'; items: readonly string[] | 'all' }
  /** Settings changed: ask for a new welcome. */
  | { news: 'settings' }
