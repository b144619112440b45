import type { ProblemShape } from '../../shared/api/problems.ts'
import type { AnswerOf } from '../../shared/api.ts'
import type { Words } from '../../shared/words/languages.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import { sayCounts } from '../../shared/words/say-counts.ts'
import { sayTold } from '../../shared/words/say-problem.ts'
import { Answered } from './answered.tsx'
import { calledRun } from './called-run.ts'
import { useAnswer, useLink } from './link.ts'
import { type Column, List } from './list.tsx'
import { at } from './times.ts'

type Wanted = AnswerOf<'run'>['wouldWrite'][number]

/** One run: what it counted, each trouble with its file and line, and what it would have written while only watching. */
export const Run = ({ id }: { id: string }) => {
  const { words } = useLink()
  const asked = useAnswer('run', { params: { id } })
  return (
    <>
      <p>
        <a href="#/runs">{say(words, 'console.runs.all')}</a>
      </p>
      <Answered asked={asked}>
        {({ run, problems, wouldWrite }) => (
          <>
            <section class="card">
              <h2>{calledRun(run, words)}</h2>
              <p>
                {sayCode(words, 'run.state', run.state)} · {at(run.startedAt, words)}
                {run.endedAt && ` – ${at(run.endedAt, words)}`} {run.file && <small>{run.file}</small>}
              </p>
              <dl class="counts">
                {sayCounts(run.counts, words).map(({ name, value }) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            </section>
            <h2>{say(words, 'popup.problems')}</h2>
            <List
              caption={say(words, 'popup.problems')}
              columns={problemColumns(words)}
              rows={problems.map((one, n) => ({ ...one, n }))}
              keyOf={({ n }) => String(n)}
              words={words}
              empty={say(words, 'console.run.clear')}
            />
            {wouldWrite.length > 0 && (
              <>
                <h2>{say(words, 'console.wouldWrite')}</h2>
                <List
                  caption={say(words, 'console.wouldWrite')}
                  columns={wantedColumns(words)}
                  rows={wouldWrite}
                  keyOf={({ key, op }) => `${op} ${key}`}
                  words={words}
                  empty=""
                />
              </>
            )}
          </>
        )}
      </Answered>
    </>
  )
}

const problemColumns = (words: Words): Column<ProblemShape & { n: number }>[] => [
  {
    title: say(words, 'console.line'),
    text: ({ at: where }) => [where?.line, where?.column].filter((part) => part !== undefined).join(' · '),
  },
  { title: say(words, 'copy.problem'), text: (one) => sayTold(words, one).says, class: 'name' },
  { title: say(words, 'copy.next'), text: (one) => sayTold(words, one).next },
]

const wantedColumns = (words: Words): Column<Wanted>[] => [
  { title: say(words, 'console.key'), text: ({ key }) => key, class: 'name' },
  { title: say(words, 'console.op'), text: ({ op }) => sayCode(words, 'op', op) },
  {
    title: say(words, 'figures.field'),
    text: ({ body }) =>
      Object.entries(body)
        .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
        .join('; '),
  },
]
