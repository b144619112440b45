import { expect, it } from 'vitest'
import { changedBy } from '../../../extension/background/changed-by.ts'
import type { Event } from '../../../shared/event.ts'

const event = (kind: string, rest: Partial<Event> = {}): Event => ({ n: 1, at: '2026-11-18T14:02:00Z', kind, ...rest })
const item = { type: 'work-order-contract', id: '7' }

it('a changed link makes its items old, each once', () =>
  expect(changedBy([event('link-changed', { items: [item] }), event('problem-opened', { items: [item] })])).toEqual([
    'work-order-contract:7',
  ]))
it('progress of a run makes nothing old', () => expect(changedBy([event('run-progress', { items: [item] })])).toEqual([]))
it('more items than an event can name make everything old', () =>
  expect(changedBy([event('link-changed', { items: [item], more: 12 })])).toBe('all'))
it('a changed connection or a restarted agent makes everything old', () => {
  expect(changedBy([event('connection-changed')])).toBe('all')
  expect(changedBy([event('agent-started')])).toBe('all')
})
