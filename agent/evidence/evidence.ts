/** One page ready to print: what a link, a run or a time rested on, who did what and why, and the proof that nobody changed the log. Reads only. */
import type { DatabaseSync } from 'node:sqlite'
import type { Words } from '../../shared/words/languages.ts'
import { say } from '../../shared/words/say.ts'
import type { Kinds } from '../ledger/rows.ts'
import type { AskEvidence } from '../server/agent.ts'
import { actsPart, chainPart } from './acts-part.ts'
import { linkPart } from './link-part.ts'
import { page } from './page.ts'
import { runPart } from './run-part.ts'
import { speaks } from './spoken.ts'

export type Made = { at: number; by: string; agent: string; version: string }

/** Null for a run nobody knows. */
export function evidence(raw: DatabaseSync, kinds: Kinds, ask: AskEvidence, words: Words, made: Made): string | null {
  const spoken = speaks(words)
  const shown =
    'link' in ask ? linkPart(raw, kinds, ask.link, spoken) : 'run' in ask ? runPart(raw, ask.run, spoken) : actsPart(raw, ask, spoken)
  if (shown === null) return null
  const told = say(words, 'evidence.made', { when: spoken.at(made.at), person: made.by })
  return page(words, shown.title, `${told} · ${made.agent} · Tieback ${made.version}`, [...shown.parts, chainPart(raw, spoken)])
}
