import type { LinkAnswer } from '../../shared/api/links.ts'
import type { StatusItem } from '../../shared/api/status.ts'
import type { FindAnswer, FindHit } from '../../shared/find.ts'
import type { ForecastShape } from '../../shared/forecast.ts'
import type { ItemRef } from '../../shared/item.ts'
import type { ListAnswer, ListedItem } from '../../shared/lists.ts'
import type { WhyAnswer } from '../../shared/why.ts'
import type { Told } from './told-agent.ts'
import { historyOf } from './told-history.ts'

const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString()

/** States dealt out by id, so that any list shows all of them and a row is known by its state. */
const states = [
  'synced',
  'synced',
  'not-linked',
  'synced',
  'changed-in-erp',
  'failed',
  'ready-to-send',
  'foreign',
  'gone-from-erp',
  'written',
  'changed-in-both',
]
export const stateOf = (id: string): string => states[Number(id.slice(-4)) % states.length] ?? 'synced'

const nothing: readonly string[] = ['not-linked', 'foreign']
const missingCode = {
  code: 'cost-code-missing',
  next: 'fix-data',
  params: { project: 'Quayside School', code: '03-300' },
  says: 'Project Quayside School has no cost code 03-300.',
  do: 'Add the code in Procore; this is sent again by itself.',
}

const missingCause = 'cost-code-missing:03-300'

function statusOf({ type, id }: Pick<ItemRef, 'type' | 'id'>): StatusItem {
  const state = stateOf(id)
  return {
    type,
    id,
    link: nothing.includes(state) ? null : `L${id}`,
    state,
    since: at(95),
    erpKey: nothing.includes(state) ? null : `SC-${id.slice(-4)}`,
    connection: '1',
    erpAsOf: at(12),
    procoreAsOf: at(1),
    ...(state === 'failed' ? { problem: missingCode } : {}),
    ...(state.startsWith('changed') ? { fields: ['revised', 'title'] } : {}),
    actions: [{ action: 'resync', allowed: true }],
  }
}

/** Gone records are ready; the others are still there. */
function forecastOf({ state, erpKey }: StatusItem): ForecastShape {
  const [file, key] = ['commitments-2026-11-22.csv', erpKey ?? '']
  const seen = { file, asOf: at(12) }
  return state === 'gone-from-erp'
    ? { id: 'f1', kind: 'ready', code: 'gone', params: { key, file, since: at(130) }, rests: seen }
    : { id: 'f2', kind: 'refused', code: 'still-there', params: { key, ...seen }, rests: seen }
}

function linkOf(text: string): LinkAnswer {
  const [type = '', id = ''] = text.split(':')
  const status = statusOf({ type: type as ItemRef['type'], id })
  const differs = status.state.startsWith('changed')
  return {
    status,
    called: { number: `SC-${id.slice(-4)}`, name: 'Structural steel <b>& decking</b>' },
    connection: { id: '1', name: 'Main', erp: 'Sage 300 CRE', erpCompany: 'Harbour Lane Builders', owner: 'tieback' },
    figures: [
      { field: 'original', type: 'money', procore: '1250000.00', erp: '1250000.00', difference: '0.00', agrees: true },
      {
        field: 'approved-changes',
        type: 'money',
        procore: '48210.50',
        erp: differs ? '45000.00' : '48210.50',
        difference: differs ? '3210.50' : '0.00',
        agrees: !differs,
      },
      {
        field: 'revised',
        type: 'money',
        procore: '1298210.50',
        erp: differs ? '1295000.00' : '1298210.50',
        difference: differs ? '3210.50' : '0.00',
        agrees: !differs,
      },
      { field: 'invoiced', type: 'money', procore: '310000.00', erp: null, difference: null, agrees: null },
      { field: 'title', type: 'text', procore: 'Structural steel', erp: 'STRUCTURAL STEEL', difference: null, agrees: !differs },
    ],
    row: status.erpKey
      ? {
          file: 'commitments-2026-11-22.csv',
          line: 214,
          columns: [
            ['Commitment', status.erpKey],
            ['Vendor', 'RIDGEWAY'],
            ['Amount', '1250000.00'],
            ['Closed_Date', null],
          ],
        }
      : null,
    owner: status.state === 'foreign' ? 'foreign' : 'tieback',
    unlink: status.link === null ? null : forecastOf(status),
    problems: status.problem ? [{ ...status.problem, cause: missingCause }] : [],
    lastRun: { id: '41', at: at(12), state: 'done' },
    nextRun: at(-5),
    history: [1, 2, 3, 4, 5, 6, 7].map((n) => ({
      at: at(n * 600),
      from: n === 7 ? null : 'changed-in-erp',
      to: n === 1 ? status.state : 'synced',
      person: n === 2 ? 'Ada' : null,
      code: null,
    })),
  }
}

/** Two of one number, one of another, and a record nothing in Procore is tied to. */
function findOf(company: { id: string; name: string }, text: string): FindAnswer {
  const hit = (more: Partial<FindHit>): FindHit => ({
    ...{ fits: 'exact', type: 'work-order-contract', id: '900001', project: '31', number: 'SC-1042', name: 'Structural steel' },
    ...{ erpKey: 'SC-1042', entity: 'commitments', state: 'synced', connection: '1', row: null },
    ...more,
  })
  const all: FindHit[] = [
    hit({}),
    hit({ type: 'direct-cost', id: '5', number: '0077', name: 'Site fencing', erpKey: null, entity: null, state: 'not-linked' }),
    hit({ type: 'direct-cost', id: '6', number: '0077', name: 'Site fencing, part two', erpKey: null, entity: null, state: 'failed' }),
    hit({
      ...{ type: null, id: null, project: null, number: null, name: 'Dunlin Insulation', erpKey: 'DUNLIN', entity: 'vendors' },
      ...{ state: 'not-linked', row: { file: 'APM_MASTER__VENDOR.csv', line: 214 } },
    }),
  ]
  const found = all.filter(({ number, erpKey }) => (number ?? erpKey ?? '').toLowerCase().startsWith(text.toLowerCase()))
  const hits = found.map(
    (one) => ({ ...one, fits: (one.number ?? one.erpKey)?.toLowerCase() === text.toLowerCase() ? 'exact' : 'begins' }) as const,
  )
  return { hits, more: false, connections: { '1': { name: 'Main', erp: 'Sage 300 CRE', erpCompany: company.name, company: company.id } } }
}

/** The line of the design: 231 agree, 9 differ, 7 not linked. */
function listOf(company: { id: string; name: string }, group: string | undefined): ListAnswer {
  const listed = (n: number, state: string): ListedItem => ({
    ...{ type: 'work-order-contract', id: String(900_000 + n), project: '31', number: `SC-${n}`, name: `Structural steel, phase ${n}` },
    ...{ erpKey: state === 'not-linked' ? null : `ERP-${n}`, connection: '1', state, since: at(95) },
    fields: state === 'changed-in-erp' ? ['original', 'title'] : [],
  })
  const items: Record<string, ListedItem[]> = {
    differ: Array.from({ length: 9 }, (_, n) => listed(n + 1, 'changed-in-erp')),
    'not-linked': Array.from({ length: 7 }, (_, n) => listed(n + 50, 'not-linked')),
  }
  return {
    company: company.id,
    counts: { agree: 231, differ: 9, 'not-linked': 7 },
    erpAsOf: at(120),
    procoreAsOf: at(1),
    connections: { '1': { name: 'Main', erp: 'Sage 300 CRE', erpCompany: company.name } },
    items: items[group ?? ''] ?? [],
    more: 0,
  }
}

/** Signed in, and not the one who may push to accounting; what Procore does not show is not known. */
const whyOf = (action: string): WhyAnswer => ({
  action,
  chain: [
    { step: 'signed-in', says: 'yes', who: null },
    { step: 'erp-level', says: 'unknown', who: 'company-admin' },
    { step: 'can-push', says: 'no', who: 'company-admin' },
  ],
})

/** An agent of one company that knows every item it is asked about. */
export const toldOf = (company: { id: string; name: string }): Told => ({
  me: {
    agent: 'Practice server',
    version: '0.1.0',
    protocol: { min: 1, max: 1 },
    capabilities: ['lists', 'find', 'why', 'tieMatches', 'history', 'evidence', 'snapshot', 'readFirst'],
    person: { id: '1', name: 'Ada', email: 'ada@example.com', role: 'accountant' },
    companies: [company],
    connections: [
      {
        id: '1',
        name: 'Main',
        company: company.id,
        erp: 'Sage 300 CRE',
        erpCompany: company.name,
        owner: 'tieback',
        active: true,
        writing: [],
      },
    ],
  },
  connections: {
    '1': { name: 'Main', erp: 'Sage 300 CRE', erpCompany: company.name, owner: 'tieback', nextRun: at(-5), writing: [], old: null },
  },
  status: statusOf,
  link: linkOf,
  history: historyOf,
  evidence: '<!doctype html><html lang="en"><head><title>Evidence</title></head><body><h1>Evidence</h1></body></html>',
  unlink: (id, { forecast }) => {
    const now = linkOf(id).unlink ?? null
    if (now?.id !== forecast) return { outcome: 'changed', forecast: now, problem: null }
    return { outcome: now.kind === 'ready' ? 'unlinked' : 'refused', forecast: now, problem: null }
  },
  watch: () => undefined,
  candidates: { candidates: [], more: 0 },
  put: () => undefined,
  matches: () => ({ tied: [], left: [], more: { tied: 0, left: 0 } }),
  tie: () => ({ tied: [], left: [], more: { tied: 0, left: 0 } }),
  ready: () => ({ links: [], more: 0 }),
  unlinks: () => ({ id: '1', askedAt: at(0), endedAt: at(0), person: '1', reason: null, more: 0, counts: {}, entries: [] }),
  relink: () => ({ outcome: 'relinked', why: null, problem: null, undo: null }),
  list: (group) => listOf(company, group),
  find: (text) => findOf(company, text),
  why: whyOf,
  reading: () => false,
  runs: [
    {
      id: '41',
      connection: '1',
      entity: 'commitments',
      kind: 'take',
      state: 'done',
      startedAt: at(13),
      endedAt: at(12),
      file: 'commitments-2026-11-22.csv',
      counts: { updated: 38, failed: 2 },
    },
    {
      id: '40',
      connection: '1',
      entity: 'vendors',
      kind: 'take',
      state: 'failed',
      startedAt: at(80),
      endedAt: at(79),
      file: 'vendors.csv',
      counts: {},
    },
  ],
  overview: {
    connections: [
      {
        id: '1',
        name: 'Main',
        erpCompany: company.name,
        company: company.id,
        sources: [
          { entity: 'commitments', asOf: at(12), file: 'commitments.csv', writing: false, creating: false, missed: null },
          { entity: 'vendors', asOf: at(80), file: 'vendors.csv', writing: false, creating: false, missed: at(20) },
        ],
        procoreAsOf: at(1),
      },
    ],
    queue: {},
    problems: 14,
    event: 0,
  },
  problems: [{ cause: missingCause, count: 14, problem: missingCode, connection: '1', since: at(95), items: [] }],
})
