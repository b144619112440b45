import { useState } from 'preact/hooks'
import type { ActShape } from '../../../shared/api/audit.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { sayAct } from '../../../shared/words/say-act.ts'
import { Act } from '../act.tsx'
import { Answered } from '../answered.tsx'
import { HandOutActs } from '../hand-out-acts.tsx'
import { useAnswer, useLink } from '../link.ts'
import { type Column, List } from '../list.tsx'
import { aboutWhat, whereFrom, whoActed } from '../said-act.ts'
import { at } from '../times.ts'
import { VerifyChain } from '../verify-chain.tsx'
import { type Wanted, WhichActs } from '../which-acts.tsx'

const pageActs = 50

/** Every act, refusal, override and undo, the newest first; one of them by its number. */
export const Audit = ({ of }: { of: string | null }) => (of === null ? <AllActs /> : <Act id={of} />)

const AllActs = () => {
  const { words } = useLink()
  const [wanted, setWanted] = useState<Wanted>({})
  const [starts, setStarts] = useState<readonly string[]>([])
  const start = starts.at(-1)
  const acts = useAnswer('audit', { query: { ...wanted, limit: pageActs, ...(start === undefined ? {} : { before: Number(start) }) } })
  const want = (next: Wanted): void => {
    setWanted(next)
    setStarts([])
  }
  return (
    <>
      <VerifyChain />
      <WhichActs wanted={wanted} want={want} />
      <Answered asked={acts}>
        {({ acts: rows, before }) => (
          <>
            <List
              caption={say(words, 'console.audit')}
              columns={columns(words)}
              rows={rows}
              keyOf={({ id }) => id}
              words={words}
              empty={say(words, Object.keys(wanted).length > 0 ? 'audit.none' : starts.length > 0 ? 'audit.end' : 'audit.empty')}
              searchedElsewhere
            />
            <p class="pages">
              <button class="button small" type="button" disabled={starts.length === 0} onClick={() => setStarts(starts.slice(0, -1))}>
                {say(words, 'console.newer')}
              </button>
              <button
                class="button small"
                type="button"
                disabled={before === null}
                onClick={() => before && setStarts([...starts, before])}
              >
                {say(words, 'console.older')}
              </button>
            </p>
          </>
        )}
      </Answered>
      <HandOutActs wanted={wanted} />
    </>
  )
}

const columns = (words: Words): Column<ActShape>[] => [
  { title: say(words, 'evidence.when'), text: ({ at: when }) => at(when, words) },
  {
    title: say(words, 'audit.act'),
    text: ({ act }) => sayAct(words, act),
    show: ({ id, act }) => <a href={`#/audit/${id}`}>{sayAct(words, act)}</a>,
    class: 'name',
  },
  { title: say(words, 'evidence.who'), text: (act) => whoActed(act, words) },
  { title: say(words, 'evidence.where'), text: (act) => whereFrom(act, words), class: 'file' },
  {
    title: say(words, 'evidence.subject'),
    text: (act) => Object.values(aboutWhat(act, words)).join(' '),
    show: (act) => {
      const { kind, name } = aboutWhat(act, words)
      return (
        <>
          {name} <small>{kind}</small>
        </>
      )
    },
    class: 'file',
  },
]
