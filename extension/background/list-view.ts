import type { ItemType } from '../../shared/item.ts'
import { listGroups } from '../../shared/list-group.ts'
import type { ListAnswer, ListedItem } from '../../shared/lists.ts'
import { fieldNames } from '../../shared/words/fields.ts'
import type { Words } from '../../shared/words/languages.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import { moment } from '../../shared/words/when.ts'
import type { ListEntry, ListView } from '../bridge/calls.ts'
import { addressOf } from '../pages/address.ts'
import { lookOf } from './badge-model.ts'

/** What an agent said of a list, in the reader's language; the time comes in. “Agree” is said even when none does: a list without it looks unread. */
export function listView({ counts, connections, erpAsOf, procoreAsOf, items, more }: ListAnswer, words: Words, now: Date): ListView {
  const at = (iso: string | null): string => moment(iso, words.locale, now) ?? say(words, 'asOf.unknown')
  const erps = Object.values(connections)
  const erp = [...new Set(erps.map((one) => one.erp))].join(', ') || say(words, 'figures.erp')
  return {
    parts: counts && partsOf(counts, words),
    asOf: counts ? say(words, 'list.asOf', { when: at(erpAsOf) }) : say(words, 'list.unread'),
    says: [
      ...erps.map((one) => say(words, 'says.company', one)),
      say(words, 'figures.asOf', { procore: at(procoreAsOf), erp, erpAsOf: at(erpAsOf) }),
    ].join(' · '),
    region: say(words, 'list.region', { erp }),
    entries: items.map((item) => entryOf(item, words)),
    more,
  }
}

function partsOf(counts: Record<string, number>, words: Words): NonNullable<ListView['parts']> {
  return listGroups.flatMap((group) => {
    const count = counts[group] ?? 0
    return count > 0 || group === 'agree' ? [{ group, text: counted(group, count, words) }] : []
  })
}

const counted = (group: string, count: number, words: Words): string =>
  sayCode(words, 'list', count === 1 ? `${group}.one` : group, group, { count: new Intl.NumberFormat(words.locale).format(count) })

const entryOf = (item: ListedItem, words: Words): ListEntry => ({
  item: { type: item.type as ItemType, id: item.id, ...(item.project === null ? {} : { project: item.project }) },
  href: addressOf(item.type, item.id, item.project),
  number: item.number ?? item.erpKey ?? item.id,
  name: item.name ?? '',
  erpKey: item.erpKey ?? '',
  fields: item.fields.length === 0 ? '' : fieldNames(item.fields, words),
  pill: lookOf(item, words),
})
