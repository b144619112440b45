import type { RunShape } from '../../shared/api/runs.ts'
import type { Words } from '../../shared/words/languages.ts'
import { sayCode } from '../../shared/words/say.ts'

/** What a run did, to which records. */
export const calledRun = ({ kind, entity }: RunShape, words: Words): string =>
  [sayCode(words, 'run.kind', kind), entity && sayCode(words, 'entity', entity)].filter(Boolean).join(', ')
