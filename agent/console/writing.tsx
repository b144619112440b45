import { useState } from 'preact/hooks'
import type { OverviewAnswer } from '../../shared/api/connections.ts'
import type { BodyOf } from '../../shared/api.ts'
import { Problem } from '../../shared/ui/problem.tsx'
import type { Words } from '../../shared/words/languages.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { Answered } from './answered.tsx'
import { useAnswer, useLink } from './link.ts'
import { at } from './times.ts'

type Source = OverviewAnswer['connections'][number]['sources'][number]
type Entity = BodyOf<'setWriting'>['entity']

/** How much may be written of one kind of record, least first. */
const ways = ['popup.watching', 'console.writes', 'console.writes.creates'] as const
type Way = (typeof ways)[number]

export const wayOf = ({ writing, creating }: Pick<Source, 'writing' | 'creating'>): Way =>
  writing ? (creating ? 'console.writes.creates' : 'console.writes') : 'popup.watching'

/** What a connection may write to Procore, kind by kind; of kinds no export was taken of there is nothing to allow yet. */
export const Writing = ({ connection }: { connection: string }) => {
  const { words } = useLink()
  const asked = useAnswer('overview')
  return (
    <section class="card">
      <h2>{say(words, 'console.writing.title')}</h2>
      <p>{say(words, 'console.writing.says')}</p>
      <Answered asked={asked}>
        {({ connections }) => {
          const sources = connections.find(({ id }) => id === connection)?.sources ?? []
          const taken = sources.filter(({ asOf, writing }) => asOf !== null || writing)
          if (taken.length === 0) return <p class="empty">{say(words, 'console.sources.none')}</p>
          return (
            <ul class="lines">
              {taken.map((source) => (
                <Row key={`${source.entity} ${wayOf(source)}`} connection={connection} source={source} changed={asked.ask} words={words} />
              ))}
            </ul>
          )
        }}
      </Answered>
    </section>
  )
}

type RowProps = { connection: string; source: Source; changed: () => void; words: Words }

const Row = ({ connection, source, changed, words }: RowProps) => {
  const { client } = useLink()
  const now = wayOf(source)
  const [way, setWay] = useState<Way>(now)
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const entity = sayCode(words, 'entity', source.entity)
  const apply = async (): Promise<void> => {
    const [writing, creating] = [way !== 'popup.watching', way === 'console.writes.creates']
    const body = { entity: source.entity as Entity, writing, creating }
    const reply = await client.call('setWriting', { params: { id: connection }, body })
    setProblem('problem' in reply ? reply.problem : null)
    changed()
  }
  return (
    <li data-entity={source.entity}>
      <div class="steps">
        <span class="kind">
          {entity} <small>{say(words, 'popup.asOf', { when: at(source.asOf, words) })}</small>
        </span>
        <select
          aria-label={say(words, 'console.writing.of', { entity })}
          onChange={({ currentTarget }) => setWay(currentTarget.value as Way)}
        >
          {ways.map((one) => (
            <option key={one} value={one} selected={one === way}>
              {say(words, one)}
            </option>
          ))}
        </select>
        <button class="button small" type="button" disabled={way === now} onClick={() => void apply()}>
          {say(words, 'console.writing.apply')}
        </button>
      </div>
      {problem && <Problem told={problem} words={words} />}
    </li>
  )
}
