import { type ItemRef, itemKey } from '../../shared/item.ts'
import type { Words } from '../../shared/words/languages.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import type { Badges } from '../bridge/calls.ts'
import type { Badge } from '../ui/badge-shape.ts'
import { badgeOf, type Known } from './badge-model.ts'
import type { Statuses } from './statuses.ts'

/** A badge for each item asked for; one the agent said nothing about says so, instead of being asked for ever. */
export function badgesOf(items: readonly ItemRef[], { items: found, connections, asOf, trouble }: Statuses, words: Words): Badges {
  const byKey = new Map(found.map((status) => [`${status.type}:${status.id}`, status]))
  return each(items, trouble, words, (key) => ({ status: byKey.get(key) ?? null, connections, asOf: asOf(key), trouble }))
}

/** Nothing is known of any of them, and why. */
export const unknownBadges = (items: readonly ItemRef[], trouble: ToldProblem, words: Words): Badges =>
  each(items, trouble, words, () => ({ status: null, connections: {}, asOf: '', trouble }))

function each(items: readonly ItemRef[], trouble: ToldProblem | null, words: Words, knownOf: (key: string) => Known): Badges {
  const now = new Date()
  const looks = new Map<string, { at: number; badge: Badge }>()
  const of = items.map(itemKey).map((key): [string, number] => {
    const badge = badgeOf(knownOf(key), words, now)
    const text = JSON.stringify(badge)
    const look = looks.get(text) ?? { at: looks.size, badge }
    looks.set(text, look)
    return [key, look.at]
  })
  return { looks: [...looks.values()].map(({ badge }) => badge), of: Object.fromEntries(of), trouble }
}
