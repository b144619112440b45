import type { Page } from '../../../shared/pages/page.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayForecast } from '../../../shared/words/say-forecast.ts'
import { sayWhole } from '../../../shared/words/say-problem.ts'
import type { Batch } from '../../bridge/calls.ts'
import type { UnlinkManyRequest } from '../popover-door.ts'
import { recordAt } from './record-at.ts'

type Entry = Batch['entries'][number]
type Props = { batch: Batch; request: UnlinkManyRequest }

/** Counts while it goes on; what was not unlinked by name, each with its reason; what was, with what is now possible. */
export function Progress({ batch: { counts, entries, endedAt }, request: { page, words } }: Props) {
  const done = counts['unlinked'] ?? 0
  const told = { done: String(done), all: String(entries.length) }
  const bad = entries.filter(({ state }) => !['waiting', 'under-way', 'unlinked'].includes(state))
  const gone = Map.groupBy(
    entries.filter(({ state }) => state === 'unlinked'),
    ({ type }) => type ?? '',
  )
  return (
    <>
      <p class={endedAt === null ? '' : bad.length === 0 ? 'good' : 'bad'}>
        {say(words, endedAt === null ? 'unlinks.under-way' : 'unlinks.done', told)}
      </p>
      {bad.length > 0 && (
        <ul class="children">
          {bad.map((entry) => (
            <li key={entry.link}>
              <Named entry={entry} page={page} />: {sayCode(words, 'unlinks', entry.state, '')}{' '}
              {entry.problem ? sayWhole(words, entry.problem) : entry.forecast && sayForecast(entry.forecast, null, words).says}
            </li>
          ))}
        </ul>
      )}
      {gone.size > 0 && (
        <ul class="children">
          {[...gone].map(([type, of]) => (
            <li key={type}>
              {sayCode(words, 'item', type)}{' '}
              {of.map((entry, n) => (
                <>
                  {n > 0 && ', '}
                  <Named entry={entry} page={page} />
                </>
              ))}
              : {sayCode(words, 'possible', type, say(words, 'possible.other'))}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Its key, which leads to its record where an address is known. */
function Named({ entry: { link, type, id, project, key, parent }, page }: { entry: Entry; page: Page }) {
  const href = type !== null && id !== null ? recordAt({ type, id, project }, page, parent) : null
  return <strong>{href ? <a href={href}>{key ?? link}</a> : (key ?? link)}</strong>
}
