import type { DatabaseSync } from 'node:sqlite'
import { wordsFor } from '../../shared/words/index.ts'
import type { Kinds } from '../ledger/rows.ts'
import type { AskEvidence } from '../server/agent.ts'
import { evidence, type Made } from './evidence.ts'

/** A page in a reader's language. Loaded with the first page: every language at once is a megabyte that an agent at rest has no use for. */
export const evidenceIn = (language: string, raw: DatabaseSync, kinds: Kinds, ask: AskEvidence, made: Made): string | null =>
  evidence(raw, kinds, ask, wordsFor(language), made)
