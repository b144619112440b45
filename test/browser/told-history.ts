import type { AnswerOf } from '../../shared/api.ts'

type Entry = AnswerOf<'history'>['entries'][number]

const nothing = { code: 'record-changed', person: null, run: null, file: null, from: null, to: null, fields: [], params: {} }
const file = { name: 'JCM_MASTER__COMMITMENT_2026-11-22.csv', sha256: 'ab'.repeat(32), line: 214 }
const run = { id: '41', kind: 'take' }
const reason = 'Was entered in the wrong company, and by mistake twice; Ridgeway & Sons <b>asked</b> for it on the phone'

/** Every kind of entry there is, newest first: an override, its undo, versions of both sides. */
const told: Partial<Entry>[] = [
  {
    ...{ code: 'moved', from: 'unlinked', to: 'changed-in-erp', person: 'Lucia Serrano', params: { why: 'relink' } },
    fields: [{ field: 'revised', procore: '1298210.50', erp: '-1295000.00' }],
  },
  { code: 'act', person: 'Lucia Serrano', params: { act: 'relink-asked', origin: 'chrome-extension://x' } },
  { code: 'moved', from: 'unlinking', to: 'unlinked', params: { why: 'sent' } },
  {
    ...{ code: 'moved', from: 'changed-in-erp', to: 'unlinking', person: 'Ada Admin' },
    params: { why: 'unlink', override: 'true', reason, forecast: 'still-there' },
  },
  { code: 'act', person: 'Ada Admin', params: { act: 'unlink-overridden', origin: 'cli', reason } },
  {
    code: 'problem-closed',
    problem: { code: 'cost-code-missing', next: 'fix-data', params: { project: '2203', code: '03-3000' }, says: '', do: '' },
  },
  {
    ...{ code: 'moved', from: 'synced', to: 'changed-in-erp', run, file, params: { why: 'take' } },
    fields: [
      { field: 'original', procore: '1250000.00', erp: '-1246789.50', erpWas: '1250000.00' },
      { field: 'title', procore: 'Structural steel', erp: 'STRUCTURAL STEEL, PHASE TWO', erpWas: 'Structural steel' },
      { field: 'closed', procore: '0', erp: '1', erpWas: '0' },
      { field: 'vendor', procore: null, erp: 'RIDGEWAY' },
    ],
  },
  { code: 'record-changed', file, params: { asOf: '2026-11-22T13:00:00Z' } },
  { code: 'moved', from: 'changed-in-both', to: 'synced', run: { id: '40', kind: 'poll' }, params: { why: 'poll' } },
  { code: 'moved', from: 'synced', to: 'changed-in-both', params: { why: 'take', neverAgreed: 'true' }, fields: [{ field: 'title' }] },
  { code: 'item-changed' },
  { code: 'agreed' },
]

const count = 120
const page = 50

/** A long history, in parts as an agent gives it. */
export function historyOf(before: string | undefined): AnswerOf<'history'> {
  const first = before === undefined ? 0 : Number(before)
  const at = (n: number): string => new Date(Date.UTC(2026, 10, 22, 15) - n * 3_600_000).toISOString()
  const all = Array.from({ length: count }, (_, n): Entry => ({ ...nothing, ...(told[n] ?? { file: { ...file, line: null } }), at: at(n) }))
  const more = first + page < count ? String(first + page) : null
  return { entries: all.slice(first, first + page), before: more, ...(before === undefined ? { snapshot: false } : {}) }
}
