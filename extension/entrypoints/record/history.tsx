import { useEffect, useState } from 'preact/hooks'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { askOwn } from '../../bridge/own.ts'
import type { HistoryPart, RecordView } from '../../bridge/own-calls.ts'
import type { RecordAt } from '../../bridge/own-pages.ts'
import { LineOfTime } from './line-of-time.tsx'
import { RecordHead } from './record-head.tsx'
import { notHere, Trouble } from './trouble.tsx'

type Loaded = { record: RecordView; first: HistoryPart }

/** A record and all that happened to it; `at` is null where the address names none. */
export function History({ at, words }: { at: RecordAt | null; words: Words }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const [trouble, setTrouble] = useState<ToldProblem | null>(at === null ? notHere : null)
  const load = async (): Promise<void> => {
    if (at === null) return
    const [record, first] = await Promise.all([askOwn('record', at), askOwn('history', { ...at, before: null })])
    if ('problem' in record || 'problem' in first) {
      setTrouble('problem' in record ? record.problem : 'problem' in first ? first.problem : null)
      return
    }
    setTrouble(null)
    setLoaded({ record: record.value, first: first.value })
  }
  useEffect(() => void load(), [])
  if (trouble)
    return (
      <>
        <h1>{say(words, 'history.title')}</h1>
        <Trouble told={trouble} at={at} words={words} again={load} />
      </>
    )
  if (at === null || loaded === null) return <p role="status">{say(words, 'popover.loading')}</p>
  const { record, first } = loaded
  return (
    <>
      <RecordHead record={record} at={at} kept={first.snapshot === true} words={words} />
      <LineOfTime link={record.link} first={first} at={at} words={words} />
    </>
  )
}
