import type { Event } from '../../shared/event.ts'

const others: readonly string[] = ['connection-changed', 'people-changed', 'agent-started', 'schedule-changed']
/** Also a missed export, and its end: every badge that rests on it looks otherwise. */
const ofItems: readonly string[] = ['link-changed', 'problem-opened', 'problem-closed', 'run-ended']

/** Keys of items whose state these events may have changed; pure. */
export function changedBy(events: readonly Event[]): readonly string[] | 'all' {
  if (events.some(({ kind, more, data }) => others.includes(kind) || (more ?? 0) > 0 || data?.['code'] === 'export-missed')) return 'all'
  const keys = events.filter(({ kind }) => ofItems.includes(kind)).flatMap(({ items = [] }) => items.map(({ type, id }) => `${type}:${id}`))
  return [...new Set(keys)]
}
