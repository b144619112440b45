/** What the extension's own pages ask the background: popup, options and the page of one record. */
import type { OverviewAnswer } from '../../shared/api/connections.ts'
import type { LinkAnswer } from '../../shared/api/links.ts'
import type { ProblemGroup } from '../../shared/api/problems.ts'
import type { RunShape } from '../../shared/api/runs.ts'
import type { AnswerOf } from '../../shared/api.ts'
import type { Fits } from '../../shared/find.ts'
import type { Words } from '../../shared/words/languages.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import type { Settings } from '../background/settings.ts'
import type { Badge } from '../ui/badge-shape.ts'
import type { RecordAt } from './own-pages.ts'

/** How one agent stands, for popup and options. */
export type AgentView = {
  id: string
  name: string
  address: string
  person: { name: string; role: string }
  version: string | null
  /** Where it was looked for, in this order. */
  addresses: readonly string[]
  /** Why it is not well; null when it is. */
  trouble: ToldProblem | null
  connections: readonly { id: string; name: string; erp: string; erpCompany: string; active: boolean; writing: readonly string[] }[]
  /** How old both sides of each connection are; none where it does not say. */
  freshness: readonly OverviewAnswer['connections'][number][]
  runs: readonly RunShape[]
  problems: readonly ProblemGroup[]
  problemTotal: number
  /** Causes beyond those listed, and when all this was looked up: null while the agent does not say. */
  moreProblems: number
  problemsAsOf: string | null
}

/** The Procore page in front, as the popup sees it. */
export type SiteView = { host: string; paused: boolean; trouble: ToldProblem | null; missing: readonly string[] }

/** One hit, said in the reader's language. */
export type FoundHit = {
  fits: Fits
  /** Its page; null for what has none, or none that is known. */
  url: string | null
  number: string
  name: string
  /** What it is. */
  kind: string
  /** Its key in the ERP where it is called otherwise there, and the ERP company. */
  erp: string
  /** For a record without an item: that it is one, its file and line. */
  where: string
  pill: Pick<Badge, 'icon' | 'tone' | 'word'>
}
/** `trouble`: an agent that could not be asked. */
export type FoundView = { hits: readonly FoundHit[]; more: boolean; trouble: ToldProblem | null }

/** `mayKeep`: this person may have the snapshot. */
export type RecordView = { link: LinkAnswer; badge: Badge; mayKeep: boolean }
export type HistoryPart = AnswerOf<'history'>
export type HistoryEntry = HistoryPart['entries'][number]

/** `host`: where links into Procore lead, the zone this person works in. */
export type Overview = { agents: readonly AgentView[]; site: SiteView | null; host: string; joining: JoiningView | null; words: Words }

/** Our newest ask to join: who lets us in, what both screens show, until when; `ended` says why nothing came of it. */
export type JoiningView = { agent: string; digits: string; until: string; ended: ToldProblem | null }

/** Calls of the extension's own pages; nothing in a Procore page may make them. */
export type OwnCalls = {
  find: { input: { text: string }; output: FoundView }
  overview: { input: Record<string, never>; output: Overview }
  words: { input: Record<string, never>; output: Words }
  pair: { input: { address: string; code: string; label: string }; output: { name: string } }
  askToJoin: { input: { address: string; label: string }; output: JoiningView }
  /** How our ask stands; with `wait` as soon as somebody decided, or some seconds later. Both null where we do not ask. */
  joining: {
    input: { wait: boolean }
    output: { waits: JoiningView | null; joined: { agent: string; name: string; role: string } | null }
  }
  cancelJoining: { input: Record<string, never>; output: null }
  forget: { input: { id: string }; output: null }
  settings: {
    input: Record<string, never>
    output: {
      settings: Settings
      agents: readonly { id: string; name: string; addresses: readonly string[]; person: string }[]
      joining: JoiningView | null
    }
  }
  save: { input: Partial<Settings>; output: null }
  pause: { input: { host: string; paused: boolean }; output: null }
  addresses: { input: { id: string; addresses: readonly string[] }; output: null }
  openAgent: { input: { id: string }; output: null }
  /** One record as its own page shows it, and its history from `before` back. */
  record: { input: RecordAt; output: RecordView }
  history: { input: RecordAt & { before: string | null }; output: HistoryPart }
  /** The agent's page for an auditor, as text in the reader's language. */
  evidence: { input: RecordAt; output: AnswerOf<'evidence'> }
  snapshot: { input: RecordAt; output: AnswerOf<'snapshot'> }
  /** Tries everything behind one cause again; answers how many. */
  retryCause: { input: { id: string; cause: string }; output: { retried: number } }
}
export type OwnCallMessage = { own: keyof OwnCalls; input: unknown }
