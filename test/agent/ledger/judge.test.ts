import { describe, expect, test } from 'vitest'
import type { Figure } from '../../../agent/items/kind.ts'
import { judge, movesBetween, nextOp, type Sides } from '../../../agent/ledger/judge.ts'
import { linkStates, mayMove } from '../../../shared/link-state.ts'

const figure = (agrees: boolean | null): Figure => ({
  field: 'original',
  type: 'money',
  procore: '1.00',
  erp: '2.00',
  difference: '-1.00',
  agrees,
  judged: true,
})
const title = (agrees: boolean | null): Figure => ({ ...figure(agrees), field: 'title', type: 'text' })
const shown: Figure = { ...figure(null), field: 'invoiced', judged: false }
const item = { name: 'SC-1', origin: 'k:commitments:SC-1', ownership: 'ours', deleted: false } as const

const agreed: Sides = {
  previous: 'synced',
  record: { key: 'SC-1', vanished: false, jobLeft: false, leftOut: false, archived: false, free: false },
  item,
  tied: true,
  figures: [figure(true)],
  confirmed: { record: 'a', item: 'b' },
  now: { record: 'a', item: 'b' },
  outbox: null,
}
const alone: Sides = { ...agreed, previous: 'not-linked', item: null, tied: false, figures: null, confirmed: { record: null, item: null } }
const differ = { figures: [figure(false)] }
const away = { record: { ...agreed.record, archived: true } }
const gone = { record: { ...agreed.record, vanished: true } }

const wish = (state: NonNullable<Sides['outbox']>['state']) => ({ op: 'unlink', state }) as const

const table: [string, Partial<Sides>, string, (string | undefined)?][] = [
  ['both sides agree', {}, 'synced'],
  ['they agree although both moved', { now: { record: 'x', item: 'y' } }, 'synced'],
  ['unknown on one side is no difference, and no agreement', { figures: [figure(null)] }, 'not-compared'],
  ['a title that is the same says nothing of unknown amounts', { figures: [figure(null), title(true)] }, 'not-compared'],
  ['nor does an amount that is only shown', { figures: [figure(null), { ...shown, agrees: true }] }, 'not-compared'],
  ['one amount compared, another unknown', { figures: [figure(true), figure(null), title(null)] }, 'synced'],
  ['only names are judged, and they agree', { figures: [title(true), title(null), shown] }, 'synced'],
  ['only names are judged, and none is known', { figures: [title(null), shown] }, 'not-compared'],
  ['a title differs, whatever is unknown', { figures: [figure(null), title(false)], now: { record: 'x', item: 'b' } }, 'changed-in-erp'],
  ['nothing of it is judged: it agrees by being linked', { figures: [shown] }, 'synced'],
  ['it has no figures at all', { figures: [] }, 'synced'],
  ['the ERP moved', { ...differ, now: { record: 'x', item: 'b' } }, 'changed-in-erp'],
  ['Procore moved', { ...differ, now: { record: 'a', item: 'y' } }, 'changed-in-procore'],
  ['both moved', { ...differ, now: { record: 'x', item: 'y' } }, 'changed-in-both'],
  ['they never agreed: nobody can say who moved', { ...differ, confirmed: { record: null, item: null } }, 'changed-in-both'],
  ['Procore deleted the item', { item: { ...item, deleted: true } }, 'orphan'],
  ['another integration owns it', { item: { ...item, origin: 'x', ownership: 'foreign' }, tied: false }, 'foreign'],
  ['another integration took it from us', { item: { ...item, origin: 'x', ownership: 'foreign' } }, 'foreign', 'owner-lost'],
  ['somebody cleared our link', { item: { ...item, origin: null, ownership: 'none' } }, 'failed', 'owner-lost'],
  ['a match that stands in the ledger alone needs no owner', { item: { ...item, origin: null, ownership: 'none' }, tied: false }, 'synced'],
  ['gone from the ERP', gone, 'gone-from-erp'],
  ['gone from the ERP, and nothing could be compared', { ...gone, figures: [figure(null)] }, 'gone-from-erp'],
  ['gone with its job', { record: { ...gone.record, jobLeft: true } }, 'left-with-job'],
  ['gone and taken over: the owner counts', { ...gone, item: { ...item, ownership: 'foreign' } }, 'foreign', 'owner-lost'],
  ['an update is under way', { ...differ, outbox: { op: 'update', state: 'sending' } }, 'sent'],
  ['an update got no answer', { ...differ, outbox: { op: 'update', state: 'look' } }, 'sent'],
  ['an update waits', { ...differ, now: { record: 'x', item: 'b' }, outbox: { op: 'update', state: 'waiting' } }, 'changed-in-erp'],
  ['an update failed', { ...differ, outbox: { op: 'update', state: 'failed' } }, 'failed'],
  [
    'linking is under way',
    { item: { ...item, origin: null, ownership: 'none' }, tied: false, outbox: { op: 'link', state: 'sending' } },
    'synced',
  ],
  [
    'a person is unlinking it',
    { previous: 'unlinking', record: { ...agreed.record, vanished: true }, outbox: wish('waiting') },
    'unlinking',
  ],
  [
    'what frees its link at will, being unlinked',
    { previous: 'unlinking', record: { ...agreed.record, free: true }, outbox: wish('held') },
    'unlinking',
  ],
  ['back in the ERP after its unlink was sent', { previous: 'unlinking', outbox: wish('look') }, 'unlinking'],
  ['back in the ERP before its unlink was sent', { previous: 'unlinking', outbox: wish('waiting') }, 'synced'],
  ['its unlink was taken back', { previous: 'unlinking' }, 'synced'],
  ['a person unlinked it', { previous: 'unlinked', item: null }, 'unlinked'],
  ['nothing in Procore', alone, 'not-linked'],
  ['its creation waits', { ...alone, outbox: { op: 'create', state: 'waiting' } }, 'ready-to-send'],
  ['its creation is held', { ...alone, outbox: { op: 'create', state: 'held' } }, 'ready-to-send'],
  ['its creation is under way', { ...alone, outbox: { op: 'create', state: 'sending' } }, 'sent'],
  ['its creation got no answer', { ...alone, outbox: { op: 'create', state: 'look' } }, 'sent'],
  ['its creation failed', { ...alone, outbox: { op: 'create', state: 'failed' } }, 'failed'],
  ['a person put it away', { ...alone, ...away }, 'archived'],
  ['put away, and a creation of it got no answer', { ...alone, ...away, outbox: { op: 'create', state: 'look' } }, 'sent'],
  ['it vanished before anyone linked it', { ...alone, ...gone }, 'archived'],
  ['it vanished while its creation got no answer', { ...alone, ...gone, outbox: { op: 'create', state: 'look' } }, 'sent'],
  ['it is no longer sent', { ...alone, record: { ...agreed.record, leftOut: true } }, 'archived'],
]

describe('what a link’s state is from both sides', () => {
  test.each(table)('%s', (_name, sides, state, code) => {
    const said = judge({ ...agreed, ...sides })
    expect([said.state, said.problem?.code]).toEqual([state, code])
    expect(said.agreed).toBe(state === 'synced')
  })

  test('every state it may say can be reached from every state it may find, by allowed moves only', () => {
    const said = [...new Set(table.map(([, , state]) => state))] as (typeof linkStates)[number][]
    const found = linkStates.filter((state) => !['unlinking', 'unlinked', 'rejected', 'written'].includes(state))
    for (const from of found) {
      for (const to of said.filter((state) => state !== 'unlinking' && state !== 'unlinked')) {
        const path = [from, ...movesBetween(from, to)]
        expect(path.at(-1)).toBe(to)
        for (const [n, next] of path.slice(1).entries()) expect(mayMove(path[n]!, next), `${path[n]} → ${next}`).toBe(true)
      }
    }
  })
})

describe('what is sent next', () => {
  const wanted = (sides: Partial<Sides>, more: Partial<Parameters<typeof nextOp>[0]> = {}) => {
    const whole = { ...agreed, ...sides }
    return nextOp({ owner: 'tieback', delivery: 'create', creating: true, lookalike: false, verdict: judge(whole), sides: whole, ...more })
  }
  const free = { item: { ...item, origin: null, ownership: 'none' as const }, tied: false }
  const moved = { ...differ, now: { record: 'x', item: 'b' } }
  const cases: [string, string | null, string | null][] = [
    ['both agree and it is ours', wanted({}), null],
    ['nobody owns the item yet', wanted(free), 'link'],
    ['nobody owns it and the ERP moved: linked first', wanted({ ...free, ...moved }), 'link'],
    ['nobody owns it and nothing can be compared: linked all the same', wanted({ ...free, figures: [figure(null)] }), 'link'],
    ['ours, and nothing can be compared', wanted({ figures: [figure(null)], now: { record: 'x', item: 'b' } }), null],
    ['ours, and the ERP moved', wanted(moved), 'update'],
    ['ours, and the ERP moved, but it is only compared', wanted(moved, { delivery: 'match' }), null],
    ['ours, and Procore moved', wanted({ ...differ, now: { record: 'a', item: 'y' } }), null],
    ['both moved: a person decides', wanted({ ...differ, now: { record: 'x', item: 'y' } }), null],
    ['our link was cleared', wanted({ item: free.item, tied: true }), null],
    ['another integration owns it', wanted({ item: { ...item, ownership: 'foreign' }, tied: false }), null],
    ['Procore’s own connector owns the links', wanted(free, { owner: 'procore' }), null],
    ['Procore’s own connector owns the links, nothing there', wanted(alone, { owner: 'procore' }), null],
    ['nothing in Procore', wanted(alone), 'create'],
    ['nothing in Procore, creating is off', wanted(alone, { creating: false }), null],
    ['nothing in Procore, it is only updated', wanted(alone, { delivery: 'update' }), null],
    ['an item looks like it: a person decides', wanted(alone, { lookalike: true }), null],
    ['gone from the ERP', wanted(gone), null],
    ['gone before it was linked', wanted({ ...alone, ...gone }), null],
    ['left out', wanted({ ...alone, record: { ...agreed.record, leftOut: true } }), null],
    ['Procore deleted it', wanted({ item: { ...item, deleted: true } }), null],
  ]
  test.each(cases)('%s', (_name, said, expected) => {
    expect(said).toBe(expected)
  })
})
