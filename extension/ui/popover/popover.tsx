import { useEffect, useState } from 'preact/hooks'
import { itemKey } from '../../../shared/item.ts'
import { CopyTable } from '../../../shared/ui/copy-table.tsx'
import { Figures, figuresTable } from '../../../shared/ui/figures.tsx'
import { Icon } from '../../../shared/ui/icon.tsx'
import { StatePill } from '../../../shared/ui/state-pill.tsx'
import type { WhyAction } from '../../../shared/why.ts'
import { fieldNames } from '../../../shared/words/fields.ts'
import { say } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import type { Details } from '../../bridge/calls.ts'
import type { Badge } from '../badge-shape.ts'
import { cross, icons } from '../icons.ts'
import type { PopoverRequest } from '../popover-door.ts'
import { Actions, isGreyed } from './actions.tsx'
import { AsOf } from './as-of.tsx'
import { Forecast } from './forecast.tsx'
import { History } from './history.tsx'
import { Partners } from './partners.tsx'
import { Problems } from './problems.tsx'
import { Record } from './record.tsx'
import { Why } from './why.tsx'
import { Wrong } from './wrong.tsx'

type Props = { request: PopoverRequest; close: () => void; signal: AbortSignal }

/** What is known: the details, or only what the badge knows with the trouble that keeps us from more. */
export type Loaded = { details: Details | null; trouble: ToldProblem | null; asking: boolean }

export function Popover({ request, close, signal }: Props) {
  const { words, book, item } = request
  const loaded = useDetails(request, signal)
  const badge: Badge | null = book.get(itemKey(item))?.badge ?? null
  const { details, trouble } = loaded
  const erp = details?.link.connection?.erp ?? say(words, 'figures.erp')
  return (
    <div class="tb">
      <div class="popover" role="dialog" aria-label={badge?.sentence ?? say(words, 'popover.title')} data-tone={badge?.tone ?? 'gray'}>
        <div class="head">
          {badge && <StatePill tone={badge.tone} word={badge.word} path={icons[badge.icon]} hollow={badge.look === 'hollow'} />}
          <button class="button small close" type="button" data-first aria-label={say(words, 'popover.close')} onClick={close}>
            <Icon path={cross} />
          </button>
        </div>
        <p class="sentence">
          {badge?.says ?? say(words, 'popover.loading')} {details && <Compared details={details} request={request} />}
        </p>
        <Problems loaded={loaded} request={request} />
        {details && (
          <section>
            <div class="line">
              <h2>{say(words, 'figures.title')}</h2>
              {details.link.figures.length > 0 && <CopyTable table={() => figuresTable(details.link.figures, erp, words)} words={words} />}
            </div>
            {details.link.figures.length > 0 ? (
              <Figures figures={details.link.figures} erp={erp} words={words} />
            ) : (
              <small>{say(words, 'figures.none')}</small>
            )}
            <AsOf details={details} words={words} />
          </section>
        )}
        {details && <Record link={details.link} words={words} />}
        {details && <Partners details={details} request={request} />}
        <Actions loaded={loaded} request={request} />
        {details && <Forecast details={details} request={request} />}
        {(details || trouble) && <Why first={whyFirst(loaded)} request={request} />}
        {details && <History link={details.link} request={request} />}
        {!details && !trouble && <small>{say(words, 'popover.loading')}</small>}
        <Wrong loaded={loaded} request={request} sentence={badge?.sentence ?? ''} />
      </div>
    </div>
  )
}

/** Asked about first: what stands greyed right above, else what this record lacks. */
const whyFirst = (loaded: Loaded): WhyAction => (isGreyed(loaded) ? 'check' : loaded.details?.link.status.link === null ? 'send' : 'unlink')

/** Names what was compared, so that “agrees” says what it agrees about. */
const Compared = ({ details, request: { words } }: { details: Details; request: PopoverRequest }) => {
  const fields = details.link.figures.filter(({ agrees }) => agrees !== null).map(({ field }) => field)
  return fields.length === 0 ? null : <small>{say(words, 'says.compared', { fields: fieldNames(fields, words) })}</small>
}

/** Asks for the details, again whenever the book hears that the item changed. */
function useDetails({ item, ask, withCompany, book }: PopoverRequest, signal: AbortSignal): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ details: null, trouble: null, asking: true })
  useEffect(() => {
    const load = async (): Promise<void> => {
      const reply = await withCompany((company) => ask('details', { item, company }))
      if (signal.aborted) return
      if ('problem' in reply) setLoaded((now) => ({ ...now, trouble: reply.problem, asking: false }))
      else setLoaded({ details: reply.value, trouble: null, asking: false })
    }
    void load()
    book.onChange((keys) => {
      if (keys.has(itemKey(item)) && book.get(itemKey(item))) void load()
    }, signal)
  }, [])
  return loaded
}
