import type { Event } from '../../../shared/event.ts'
import { say } from '../../../shared/words/say.ts'
import { addressOf } from '../../pages/addresses.ts'
import { type Shown, toastStack } from '../../ui/toast-stack.ts'
import { defineFeature, type FeatureContext } from '../feature.ts'

import { isTrouble, sayToast, stacked, type Toast, toastsOf } from './merge.ts'

const REMEMBERED = 200

/** Results of runs, told in the page a person looks at. */
export const toasts = defineFeature({ id: 'toasts', pages: 'all', anchor: null, start: tellResults })

function tellResults({ page, words, welcome, hear, signal }: FeatureContext): void {
  let earlier: Event[] = []
  let now: Toast[] = []
  const stack = toastStack(
    { region: say(words, 'toast.region'), dismiss: say(words, 'toast.dismiss') },
    (id) => {
      now = now.filter((toast) => toast.id !== id)
      stack.show(now.map(drawn))
    },
    signal,
  )
  const drawn = (toast: Toast): Shown => {
    const href = toast.item && addressOf(toast.item.type, toast.item.id, toast.project ?? page.project)
    const here = toast.item !== null && toast.item.id === page.item?.id
    return {
      id: toast.id,
      text: sayToast(toast, words),
      trouble: isTrouble(toast),
      link: href && !here ? { href, text: say(words, 'toast.open') } : null,
    }
  }
  hear((news) => {
    if (news.news !== 'events') return
    const interest = { person: welcome.person, about: welcome.toasts, onPage }
    const fresh = news.front ? toastsOf(news.events, interest, earlier) : []
    earlier = [...earlier, ...news.events.filter(({ run }) => run !== undefined)].slice(-REMEMBERED)
    if (fresh.length === 0) return
    now = fresh.reduce((before, toast) => stacked(before, toast), now)
    stack.show(now.map(drawn))
  })
}

const onPage = (key: string): boolean => document.querySelector(`.tieback-badge[data-key="${CSS.escape(key)}"]`) !== null
