import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { HistoryEntry } from '../../bridge/own-calls.ts'

/** Who or what it was: a person, with the browser it was asked for with, else the command line or the agent itself where somebody must have been. Pure. */
export function whoOf({ person, code, run, file, params }: HistoryEntry, words: Words): string {
  if (person !== null) return params['browser'] ? `${person}, ${params['browser']}` : person
  if (params['origin'] === 'cli') return say(words, 'evidence.command-line')
  return code === 'act' || (code === 'moved' && run === null && file === null) ? say(words, 'evidence.agent') : ''
}

/** The run and the file with its line that carried it. Pure. */
export function carriedBy({ run, file }: HistoryEntry, words: Words): string[] {
  const named = file && (file.line === null ? file.name : say(words, 'record.source', { file: file.name, line: file.line }))
  return [...(run ? [say(words, 'evidence.run', { run: run.id })] : []), ...(named ? [named] : [])]
}
