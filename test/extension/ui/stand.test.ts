import { describe, expect, it } from 'vitest'
import type { Details } from '../../../extension/bridge/calls.ts'
import { type Answer, moved, type Stand } from '../../../extension/ui/unlink/stand.ts'

const underWay = { of: 'unlink', outcome: 'under-way', forecast: null, problem: null } as const satisfies Answer
const stand = (answer: Answer | null): Stand => ({ details: null, trouble: null, waiting: null, answer })
const details = (state: string, kind: string, problems: unknown[] = []): Details =>
  ({ link: { status: { state }, unlink: { id: 'f2', kind }, problems } }) as unknown as Details

describe('an unlink under way', () => {
  it('stays so while its link is on its way, and with what stands under it', () => {
    expect(moved(stand(underWay), details('unlinking', 'refused')).answer).toBe(underWay)
    const family = { ...underWay, batch: null }
    expect(moved(stand(family), details('gone-from-erp', 'ready')).answer).toBe(family)
  })
  it('is done', () => {
    expect(moved(stand(underWay), details('unlinked', 'done')).answer).toMatchObject({ outcome: 'unlinked' })
  })
  it('was kept by Procore, with the reason', () => {
    const busy = { code: 'procore-busy', next: 'wait' }
    const kept = { code: 'locked-in-procore', next: 'ask', params: { item: '1', text: 'Contract is locked' } }
    expect(moved(stand(underWay), details('gone-from-erp', 'ready', [busy, kept])).answer).toMatchObject({
      outcome: 'refused',
      problem: kept,
    })
  })
  it('was dropped because the facts moved: they stand there, and are asked about anew', () => {
    const busy = { code: 'procore-busy', next: 'wait' }
    expect(moved(stand(underWay), details('synced', 'refused', [busy])).answer).toMatchObject({
      outcome: 'changed',
      forecast: { id: 'f2' },
      problem: null,
    })
  })
})

it('what was answered stays', () => {
  const changed = { ...underWay, outcome: 'changed' }
  expect(moved(stand(changed), details('synced', 'refused')).answer).toBe(changed)
  expect(moved(stand(null), details('synced', 'refused')).answer).toBeNull()
})
