import { useState } from 'preact/hooks'
import type { ScheduleEntryShape } from '../../../shared/api/runs.ts'
import { mayAct, type Role } from '../../../shared/pairing.ts'
import { Problem } from '../../../shared/ui/problem.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { Answered } from '../answered.tsx'
import { useAnswer, useLink } from '../link.ts'
import { type Column, List } from '../list.tsx'
import { at } from '../times.ts'

/** What runs when, what came of it, and “Sync now”. */
export const Schedule = () => {
  const { client, me, words } = useLink()
  const schedule = useAnswer('schedule')
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const run = async (id: string): Promise<void> => {
    const reply = await client.call('runNow', { params: { id }, body: {} })
    setProblem('problem' in reply ? reply.problem : null)
    schedule.ask()
  }
  const nameOf = (id: string): string => me.connections.find((one) => one.id === id)?.name ?? id
  const may = mayAct(me.person.role as Role, 'accountant')
  return (
    <>
      <div role="status">{problem && <Problem told={problem} words={words} />}</div>
      <Answered asked={schedule}>
        {({ entries }) => (
          <List
            caption={say(words, 'console.schedule')}
            columns={columns(words, nameOf, may ? run : null)}
            rows={entries}
            keyOf={({ id }) => id}
            words={words}
            empty={say(words, 'console.connections.none')}
          />
        )}
      </Answered>
    </>
  )
}

const often = ({ when }: ScheduleEntryShape, words: Words): string =>
  when === 'on-export'
    ? say(words, 'run.on-export')
    : /^\d+$/.test(when)
      ? new Intl.NumberFormat(words.locale, { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(Number(when))
      : when

const columns = (
  words: Words,
  nameOf: (id: string) => string,
  run: ((id: string) => Promise<void>) | null,
): Column<ScheduleEntryShape>[] => [
  { title: say(words, 'console.what'), text: ({ name }) => sayCode(words, 'task', name), class: 'name' },
  { title: say(words, 'console.connection.name'), text: ({ connection }) => nameOf(connection) },
  { title: say(words, 'console.every'), text: (entry) => often(entry, words) },
  {
    title: say(words, 'run.last'),
    text: ({ last, lastState }) =>
      last ? `${at(last, words)}${lastState ? ` · ${sayCode(words, 'run.state', lastState)}` : ''}` : say(words, 'run.none'),
  },
  {
    title: say(words, 'run.next'),
    text: ({ next, running }) => (running ? say(words, 'run.state.running') : next ? at(next, words) : say(words, 'run.on-export')),
  },
  ...(run
    ? [
        {
          title: say(words, 'console.do'),
          text: () => null,
          show: ({ id, running, name }: ScheduleEntryShape) => (
            <button
              class="button small"
              type="button"
              disabled={running}
              aria-label={`${say(words, 'action.sync')}: ${sayCode(words, 'task', name)}`}
              onClick={() => void run(id)}
            >
              {say(words, 'action.sync')}
            </button>
          ),
        },
      ]
    : []),
]
