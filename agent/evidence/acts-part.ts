/** Acts of a time, and what the chain of all of them proves. */
import type { DatabaseSync } from 'node:sqlite'
import { say } from '../../shared/words/say.ts'
import { sayAct } from '../../shared/words/say-act.ts'
import { actsBetween, checkChain } from '../ledger/audit.ts'
import { personText, type Shown, whereText } from './link-part.ts'
import { html, type Markup } from './markup.ts'
import { section, table } from './page.ts'
import type { Speaks } from './spoken.ts'

/** So many acts stand on one page; the rest is counted, and goes out by `tieback audit export`. */
const actsAtMost = 5_000

/** From `from` up to and without `to`, ms. */
export function actsPart(raw: DatabaseSync, { from, to }: { from: number; to: number }, speaks: Speaks): Shown {
  const { words, at, day } = speaks
  const rows: (readonly ReturnType<typeof personText>[])[] = []
  let count = 0
  for (const act of actsBetween(raw, from, to)) {
    count += 1
    if (count > actsAtMost) continue
    const data = [act.before ?? '–', act.after ?? '–']
    rows.push([String(act.id), at(act.at), personText(act, speaks), whereText(act), sayAct(words, act.act), act.subject, ...data])
  }
  const names = ['number', 'when', 'who', 'where', 'what', 'subject', 'before', 'after'] as const
  const head = names.map((name) => say(words, `evidence.${name}`))
  const more = count > rows.length ? say(words, 'evidence.more', { count: count - rows.length }) : null
  const body = rows.length === 0 ? say(words, 'evidence.none') : table(head, rows)
  return {
    title: say(words, 'evidence.of-period', { begin: day(from), end: day(to - 1) }),
    parts: [section(say(words, 'evidence.acts'), body, more)],
  }
}

export function chainPart(raw: DatabaseSync, { words, at }: Speaks): Markup {
  const { acts, head, broken } = checkChain(raw)
  const text = broken
    ? html`<p class="trouble">${say(words, 'evidence.chain.broken', { id: broken.id, when: at(broken.at), acts })}</p>`
    : html`<p>${say(words, 'evidence.chain.whole', { acts, head: head || '–' })}</p>`
  return section(say(words, 'evidence.chain'), text)
}
