import { useState } from 'preact/hooks'
import type { RunShape } from '../../../shared/api/runs.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { Answered } from '../answered.tsx'
import { calledRun } from '../called-run.ts'
import { useAnswer, useLink } from '../link.ts'
import { type Column, List } from '../list.tsx'
import { Run } from '../run.tsx'
import { at } from '../times.ts'

const pageRuns = 50

/** Every run, the newest first; one of them by its number. */
export const Runs = ({ of }: { of: string | null }) => (of === null ? <AllRuns /> : <Run id={of} />)

const AllRuns = () => {
  const { words } = useLink()
  const [before, setBefore] = useState<readonly number[]>([])
  const start = before.at(-1)
  const runs = useAnswer('runs', { query: { limit: pageRuns, ...(start === undefined ? {} : { before: start }) } })
  return (
    <Answered asked={runs}>
      {({ runs: rows }) => {
        const last = rows.at(-1)
        return (
          <>
            <List
              caption={say(words, 'console.runs')}
              columns={columns(words)}
              rows={rows}
              keyOf={({ id }) => id}
              words={words}
              empty={say(words, before.length > 0 ? 'console.runs.end' : 'console.sources.none')}
            />
            <p class="pages">
              <button class="button small" type="button" disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>
                {say(words, 'console.newer')}
              </button>
              <button
                class="button small"
                type="button"
                disabled={rows.length < pageRuns || !last}
                onClick={() => last && setBefore([...before, Number(last.id)])}
              >
                {say(words, 'console.older')}
              </button>
            </p>
          </>
        )
      }}
    </Answered>
  )
}

const number = (value: number | string | undefined): { number: string | null } => ({ number: value === undefined ? null : String(value) })

const columns = (words: Words): Column<RunShape>[] => [
  { title: say(words, 'console.when'), text: ({ startedAt }) => at(startedAt, words) },
  {
    title: say(words, 'console.what'),
    text: (run) => calledRun(run, words),
    show: (run) => <a href={`#/runs/${run.id}`}>{calledRun(run, words)}</a>,
    class: 'name',
  },
  { title: say(words, 'console.file'), text: ({ file }) => file ?? '', class: 'file' },
  { title: say(words, 'console.result'), text: ({ state }) => sayCode(words, 'run.state', state) },
  {
    title: say(words, 'count.rows'),
    text: ({ counts }) => number(counts['rows']),
    show: ({ counts }) => (typeof counts['rows'] === 'number' ? new Intl.NumberFormat(words.locale).format(counts['rows']) : ''),
    class: 'number',
  },
]
