import { describe, expect, it } from 'vitest'
import { mayOverride, mayUndo, questionOf } from '../../../extension/ui/unlink/question.ts'
import type { LinkAnswer } from '../../../shared/api/links.ts'

type Unlink = NonNullable<LinkAnswer['unlink']>
const said = (kind: string, code: string, more: Partial<Unlink> = {}): Unlink => ({ id: 'f', kind, code, params: {}, rests: null, ...more })
const gone = said('ready', 'gone')
const child = (forecast: Unlink | null) => ({ link: '2', type: 'commitment-change-order', id: '9', key: 'A|1', forecast })
const family = (after: Unlink, ...children: (Unlink | null)[]) =>
  said('refused', 'children-linked', { after, children: children.map(child) })
const undo = { until: '2026-12-20T00:00:00Z', unlinkedAt: '2026-11-20T00:00:00Z', person: 'Ada', refused: null, underWay: false }
const watch = { until: '2026-12-20T00:00:00Z', since: '2026-11-20T00:00:00Z', person: 'Ada' }

describe('what a person is asked about a link', () => {
  it.each<[string, Partial<Pick<LinkAnswer, 'unlink' | 'watch' | 'undo'>>, string | null]>([
    ['gone: unlink it', { unlink: gone }, 'unlink'],
    ['gone, though it was asked for in advance', { unlink: gone, watch }, 'unlink'],
    ['left with its job, and why', { unlink: said('left-with-job', 'with-job', { reason: true }) }, 'unlink why'],
    ['still there: ask in advance', { unlink: said('refused', 'still-there') }, 'watch'],
    ['still there, with money invoiced: and why', { unlink: said('refused', 'still-there', { reason: true }) }, 'watch why'],
    ['asked for in advance: take that back', { unlink: said('refused', 'still-there'), watch }, 'unwatch'],
    ['Procore’s own: tell when', { unlink: said('not-ours', 'procore-wait') }, 'tell'],
    ['another system’s: nothing', { unlink: said('not-ours', 'foreign') }, null],
    ['only compared: nothing', { unlink: said('refused', 'compare-only') }, null],
    ['all under it ready: all of it', { unlink: family(gone, gone, gone) }, 'unlink-all'],
    ['one of them wants a reason', { unlink: family(gone, said('ready', 'gone', { reason: true })) }, 'unlink-all why'],
    ['one under it is not ready: in advance', { unlink: family(gone, gone, said('refused', 'still-there')) }, 'watch'],
    ['one under it that nobody knows', { unlink: family(gone, null) }, 'watch'],
    ['one under it that never leaves the ERP: nothing', { unlink: family(gone, said('refused', 'still-there-reverse')) }, null],
    ['never leaves the ERP: nothing', { unlink: said('refused', 'still-there-reverse') }, null],
    [
      'money invoiced under it: in advance, and why',
      { unlink: family(gone, said('refused', 'still-there', { reason: true })) },
      'watch why',
    ],
    ['itself not ready', { unlink: family(said('refused', 'still-there'), gone) }, 'watch'],
    ['off in part: unlink the rest', { unlink: gone, undo }, 'unlink'],
    ['unlinked: undo', { unlink: said('done', 'unlinked'), undo }, 'undo'],
    ['unlinked, claimed since', { unlink: said('done', 'unlinked'), undo: { ...undo, refused: 'claimed' } }, null],
    ['being undone', { unlink: said('done', 'unlinked'), undo: { ...undo, underWay: true } }, null],
    ['unlinked long ago, or told by an older agent', { unlink: said('done', 'unlinked') }, null],
    ['nothing tied', { unlink: null }, null],
    ['an agent that says nothing of it', {}, null],
  ])('%s', (_, link, wanted) => {
    const question = questionOf(link)
    expect(question && `${question.act}${question.reason ? ' why' : ''}`).toBe(wanted)
  })
})

describe('what can be taken back, whatever else is asked', () => {
  it.each<[string, LinkAnswer['undo'], boolean]>([
    ['unlinked, or off in part', undo, true],
    ['somebody else has claimed it', { ...undo, refused: 'claimed' }, false],
    ['being undone', { ...undo, underWay: true }, false],
    ['nothing was unlinked', null, false],
    ['told by an older agent', undefined, false],
  ])('%s', (_, told, wanted) => expect(mayUndo({ undo: told })).toBe(wanted))
})

describe('what goes against the forecast', () => {
  it.each<[string, string, Unlink | null | undefined, boolean]>([
    ['still in the ERP', 'admin', said('refused', 'still-there'), true],
    ['nobody knows', 'admin', said('unknown', 'never-complete'), true],
    ['who is no admin', 'accountant', said('refused', 'still-there'), false],
    ['what is ready needs no override', 'admin', gone, false],
    ['linked records under it', 'admin', family(gone, gone), false],
    ['another system’s', 'admin', said('not-ours', 'foreign'), false],
    ['Procore’s own', 'admin', said('not-ours', 'procore-there'), false],
    ['only compared', 'admin', said('refused', 'compare-only'), false],
    ['on its way', 'admin', said('refused', 'under-way'), false],
    ['a code this version does not know', 'admin', said('refused', 'of-next-year'), false],
    ['nothing tied', 'admin', null, false],
    ['an agent that says nothing of it', 'admin', undefined, false],
  ])('%s (%s)', (_, role, unlink, offered) => expect(mayOverride({ unlink }, role)).toBe(offered))
})
