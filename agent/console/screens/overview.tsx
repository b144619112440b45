import type { OverviewAnswer } from '../../../shared/api/connections.ts'
import type { MeAnswer } from '../../../shared/api/me.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { Answered } from '../answered.tsx'
import { RunChart } from '../chart.tsx'
import { useAnswer, useLink } from '../link.ts'
import { type Column, List } from '../list.tsx'
import { SecondAdmin } from '../second-admin.tsx'
import { at } from '../times.ts'
import { wayOf } from '../writing.tsx'

type Connection = OverviewAnswer['connections'][number]
type Source = Connection['sources'][number]

/** How everything stands at a glance: how fresh each side is, what waits, what is in the way, what comes next. */
export const Overview = () => {
  const { words, me } = useLink()
  const overview = useAnswer('overview')
  const schedule = useAnswer('schedule')
  const days = useAnswer('runDays')
  const problems = useAnswer('problems', { query: {} })
  return (
    <>
      <Answered asked={overview}>
        {(value) => (
          <>
            <SecondAdmin admins={value.admins} />
            <Waiting queue={value.queue} problems={problems.value?.total ?? null} words={words} />
            {value.connections.length === 0 && <p class="empty">{say(words, 'console.connections.none')}</p>}
            {value.connections.map((connection) => (
              <ConnectionCard key={connection.id} connection={connection} me={me} words={words} />
            ))}
          </>
        )}
      </Answered>
      <section class="card">
        <h2>{say(words, 'console.next')}</h2>
        <Answered asked={schedule}>
          {({ entries }) => (
            <ul class="lines">
              {entries.map((entry) => (
                <li class="row" key={entry.id}>
                  <span>
                    {sayCode(words, 'task', entry.name)} <small>{me.connections.find(({ id }) => id === entry.connection)?.name}</small>
                  </span>
                  <small>
                    {entry.running ? say(words, 'run.state.running') : entry.next ? at(entry.next, words) : say(words, 'run.on-export')}
                  </small>
                </li>
              ))}
            </ul>
          )}
        </Answered>
      </section>
      <section class="card">
        <h2>{say(words, 'console.days')}</h2>
        <Answered asked={days}>{(value) => <RunChart {...value} words={words} />}</Answered>
      </section>
    </>
  )
}

/** What waits to be sent and what is in the way, each with the screen that tells more. */
const Waiting = ({ queue, problems, words }: { queue: OverviewAnswer['queue']; problems: number | null; words: Words }) => (
  <ul class="tiles">
    {problems !== null && (
      <li data-tone={problems === 0 ? 'green' : 'red'}>
        <a href="#/trouble">{problems === 0 ? say(words, 'console.problems.none') : say(words, 'console.problems', { count: problems })}</a>
      </li>
    )}
    {Object.entries(queue).map(([state, count]) => (
      <li key={state} data-tone={state === 'failed' ? 'red' : 'blue'}>
        <span>{say(words, 'console.queue', { what: sayCode(words, 'queue', state), count })}</span>
      </li>
    ))}
    {Object.keys(queue).length === 0 && (
      <li data-tone="green">
        <span>{say(words, 'console.queue.none')}</span>
      </li>
    )}
  </ul>
)

const ConnectionCard = ({ connection, me, words }: { connection: Connection; me: MeAnswer; words: Words }) => {
  const known = me.connections.find(({ id }) => id === connection.id)
  const company = me.companies.find(({ id }) => id === connection.company)?.name ?? connection.company
  const sources = connection.sources.filter(({ asOf, writing }) => asOf !== null || writing)
  return (
    <section class="card">
      <h2>{connection.name}</h2>
      <p>
        {say(words, 'console.connection', { erp: known?.erp ?? say(words, 'figures.erp'), erpCompany: connection.erpCompany, company })}
        {known?.environment && known.environment !== 'production' && (
          <>
            {' '}
            <span class="pill" data-tone="yellow">
              {sayCode(words, 'environment', known.environment)}
            </span>
          </>
        )}
      </p>
      <small>
        {say(words, 'figures.procore')} · {say(words, 'popup.asOf', { when: at(connection.procoreAsOf, words) })}
      </small>
      <List
        caption={connection.name}
        columns={sourceColumns(words)}
        rows={sources}
        keyOf={({ entity }) => entity}
        words={words}
        empty={say(words, 'console.sources.none')}
      />
    </section>
  )
}

const sourceColumns = (words: Words): Column<Source>[] => [
  { title: say(words, 'console.entity'), text: ({ entity }) => sayCode(words, 'entity', entity), class: 'name' },
  {
    title: say(words, 'asOf.title'),
    text: ({ asOf }) => at(asOf, words),
    show: ({ asOf, missed }) => (
      <>
        {at(asOf, words)}
        {missed && (
          <>
            {' '}
            <span class="pill" data-tone="yellow">
              {say(words, 'console.missed', { when: at(missed, words) })}
            </span>
          </>
        )}
      </>
    ),
  },
  { title: say(words, 'console.file'), text: ({ file }) => file ?? '', class: 'file' },
  { title: say(words, 'console.writing'), text: (source) => say(words, wayOf(source)) },
]
