import { useEffect, useState } from 'preact/hooks'
import { entityOfItem, itemKey } from '../../../shared/item.ts'
import { CopyTable } from '../../../shared/ui/copy-table.tsx'
import { Icon } from '../../../shared/ui/icon.tsx'
import { Problem } from '../../../shared/ui/problem.tsx'
import { StatePill } from '../../../shared/ui/state-pill.tsx'
import type { Table } from '../../../shared/ui/table-text.ts'
import type { WordKey } from '../../../shared/words/en.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import type { ListEntry, ListView } from '../../bridge/calls.ts'
import { cross, icons } from '../icons.ts'
import type { DrawerRequest, UnlinkManyRequest } from '../popover-door.ts'
import { showTies } from '../ties/show.tsx'
import { openTypes } from '../unlink/listed.ts'
import { showUnlinkMany } from '../unlink/show.tsx'

type Props = { request: DrawerRequest; close: () => void; signal: AbortSignal }

/** One group of the page's list: what each entry is called, how it stands, and where it opens. */
export function Drawer({ request, close, signal }: Props) {
  const { words, group } = request
  const { view, trouble } = useList(request, signal)
  const title = view?.parts?.find((part) => part.group === group)?.text ?? say(words, 'popover.title')
  return (
    <div class="tb">
      <div class="drawer" role="dialog" aria-label={title}>
        <div class="line head">
          <h2>{title}</h2>
          <button class="button small close" type="button" data-first aria-label={say(words, 'popover.close')} onClick={close}>
            <Icon path={cross} />
          </button>
        </div>
        {trouble && <Problem told={trouble} words={words} />}
        {group === 'gone' && view && view.entries.length > 0 && <Together {...{ request, says: 'unlinks.open', show: showUnlinkMany }} />}
        {group === 'not-linked' && view?.entries.some(({ item }) => entityOfItem[item.type]) && (
          <Together {...{ request, says: 'ties.open', show: showTies }} />
        )}
        {view ? <List view={view} words={words} /> : !trouble && <small>{say(words, 'popover.loading')}</small>}
      </div>
    </div>
  )
}

type Opens = { request: DrawerRequest; says: WordKey; show: (request: UnlinkManyRequest) => void }

/** All of a group may be dealt with together; which of it, is for the dialog to say. */
const Together = ({ request: { page, words, ask, withCompany }, says, show }: Opens) => (
  <button
    class="button"
    type="button"
    aria-haspopup="dialog"
    onClick={({ isTrusted, currentTarget }) => isTrusted && show({ page, words, ask, withCompany, back: currentTarget })}
  >
    {say(words, says)}
  </button>
)

const List = ({ view, words }: { view: ListView; words: Words }) => (
  <>
    <div class="line">
      <small>{view.says}</small>
      {view.entries.length > 0 && <CopyTable table={() => tableOf(view.entries, words)} words={words} />}
    </div>
    {view.entries.length === 0 && <p>{say(words, 'list.none')}</p>}
    <ul class="entries">
      {view.entries.map((entry) => (
        <Entry key={itemKey(entry.item)} entry={entry} words={words} />
      ))}
    </ul>
    {view.more > 0 && <p>{say(words, 'list.more', { count: new Intl.NumberFormat(words.locale).format(view.more) })}</p>}
  </>
)

const Entry = ({ entry: { href, number, name, fields, pill }, words }: { entry: ListEntry; words: Words }) => (
  <li>
    <div class="line">
      {href === null ? <strong>{number}</strong> : <a href={href}>{number}</a>}
      <StatePill tone={pill.tone} word={pill.word} path={icons[pill.icon]} />
    </div>
    {name && <p>{name}</p>}
    {fields && <small>{say(words, 'list.differs', { fields })}</small>}
  </li>
)

const tableOf = (entries: readonly ListEntry[], words: Words): Table => ({
  head: [
    say(words, 'field.number'),
    say(words, 'field.name'),
    say(words, 'record.title'),
    say(words, 'list.state'),
    say(words, 'list.head.fields'),
  ],
  rows: entries.map(({ number, name, erpKey, pill, fields }) => [number, name, erpKey, pill.word, fields]),
})

type Listed = { view: ListView | null; trouble: ToldProblem | null }

/** Asks for the group, again whenever something in it may have moved; what was shown stays until the answer is there. */
function useList({ group, ask, withCompany, hear }: DrawerRequest, signal: AbortSignal): Listed {
  const [listed, setListed] = useState<Listed>({ view: null, trouble: null })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = async (): Promise<void> => {
      const reply = await withCompany((company) => ask('list', { company, group, types: openTypes(document) }))
      if (signal.aborted) return
      if ('problem' in reply) setListed((now) => ({ ...now, trouble: reply.problem }))
      else setListed({ view: reply.value, trouble: null })
    }
    void load()
    hear((news) => {
      if (news.news !== 'changed') return
      clearTimeout(timer)
      timer = setTimeout(() => void load(), RESTS_MS)
    }, signal)
    signal.addEventListener('abort', () => clearTimeout(timer))
  }, [])
  return listed
}

/** A run tells of its items in many events. */
const RESTS_MS = 500
