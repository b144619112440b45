import type { ListGroup } from '../../../shared/list-group.ts'
import { say } from '../../../shared/words/say.ts'
import type { ListView, News } from '../../bridge/calls.ts'
import { findOne } from '../../pages/anchors.ts'
import { openTypes } from '../../ui/unlink/listed.ts'
import type { FeatureContext } from '../feature.ts'
import { buttonOf, fillLine, leaveRoom, makeLine } from './draw.ts'
import { isRecycled } from './recycled.ts'

/** A run tells of its items in many events: the list is asked for once they rest. */
const RESTS_MS = 500
const DRAWN_MS = 1_000 // by then whatever a page draws anew in one go is drawn

/** Keeps one line above the page's list. It speaks of the whole list in the ledger, so it is asked for again whenever anything there may have moved. */
export function watchLine({ page, book, words, ask, withCompany, hear, seen, drawer, signal }: FeatureContext): void {
  /** Which list an open tab shows only its rows tell. */
  const hasTabs = page.kind === 'erp-tool'
  let line: HTMLElement | null = null
  let view: ListView | null = null
  let isLastKnown = false
  let isOld = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const open = (group: ListGroup): void => drawer(group, () => buttonOf(line, group) ?? line?.querySelector('button') ?? null)
  const draw = (): void => {
    if (line && view) fillLine(line, isLastKnown ? { ...view, asOf: say(words, 'list.lastKnown') } : view, open)
  }
  /** Without an answer the last one stays and says so; where there never was one the badges tell why. */
  const load = async (): Promise<void> => {
    isOld = document.hidden
    const types = hasTabs ? openTypes(document) : []
    if (isOld || !line || (hasTabs && types.length === 0)) return
    const reply = await withCompany((company) => ask('list', { company, group: null, types }))
    if (signal.aborted) return
    isLastKnown = 'problem' in reply
    if ('value' in reply) view = reply.value
    draw()
  }
  const put = (list: Element): void => {
    line?.remove()
    line = isRecycled() ? null : makeLine(list, signal)
    if (line) list.before(line)
    else leaveRoom(0)
    draw()
    void load()
  }
  /** Drawn over in the very frame it was put there, or there before this started: the style sheet never saw it, so nothing notices. */
  const putBack = (): void => {
    const list = findOne(document, 'list')
    if (list && list.previousElementSibling !== line) put(list)
  }
  seen((list) => {
    put(list)
    setTimeout(() => !signal.aborted && putBack(), DRAWN_MS)
  })
  setTimeout(() => !signal.aborted && putBack(), DRAWN_MS)
  const loadSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), RESTS_MS)
  }
  hear((news) => mayMove(news) && loadSoon())
  if (hasTabs) book.onChange(loadSoon, signal)
  document.addEventListener('visibilitychange', () => isOld && void load(), { signal })
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    line?.remove()
    leaveRoom()
  })
}

/** A run that changed nothing still makes what is known newer. */
const mayMove = (news: News): boolean =>
  news.news === 'changed' || (news.news === 'events' && news.events.some(({ kind }) => kind === 'run-ended'))
