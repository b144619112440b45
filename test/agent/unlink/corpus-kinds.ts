/** A world of the corpus of every other kind that carries our link: companies, projects, cost codes, direct costs, payments. */
import fc from 'fast-check'
import { complete } from '../../../agent/cli/complete.ts'
import type { ForecastShape } from '../../../shared/forecast.ts'
import { books, exportOf } from '../../flow/books.ts'
import type { ErpRecord } from '../../procore/erp-company.ts'
import type { Kind } from '../../procore/items.ts'
import { nameBothLimits } from '../../support/name-both-limits.ts'
import { paymentKey } from '../../support/payment-key.ts'
import { setUpAgent } from '../../support/set-up-agent.ts'
import { startAgentAt } from '../../support/start-agent.ts'
import { standInWithAccess } from '../../support/start-stand-in.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import type { Outcome } from './corpus.ts'
import { askMany } from './corpus-people.ts'

type Case = { leaves: boolean; stolen: boolean }
type Entity = keyof typeof tables
/** `closed`: the job it is of is. */
type Placed = Case & { key: string; record: number; entity: Entity; item: number; closed: boolean }
/** Whether an admin has said that the exports of payments hold every one. */
type Word = 'said' | 'unsaid'

const tables = {
  ...{ vendors: 'vendors', jobs: 'projects', 'cost-codes': 'cost_codes', 'ap-payments': 'contract_payments' },
  'jc-transactions': 'direct_costs',
} as const satisfies Record<string, Kind>

/** Which column of an export's rows names a record. */
const keyOf: Record<Entity, (row: ErpRecord) => string> = {
  vendors: (row) => row['Vendor'] ?? '',
  jobs: (row) => row['Job'] ?? '',
  'cost-codes': (row) => [row['Job'], row['Extra'], row['Cost_Code']].join('|'),
  'ap-payments': paymentKey,
  'jc-transactions': (row) => [row['Run'], row['Batch'], row['Sequence'], row['Dist_Sequence']].join('|'),
}

const cases: fc.Arbitrary<Case> = fc.record({ leaves: fc.boolean(), stolen: fc.integer({ min: 0, max: 7 }).map((n) => n === 0) })

/** Of a job that stays the cost codes are gone when they leave; what is paid only once an admin has said that nothing is left out; what exports hold a span of never. */
function codeOf({ entity, leaves, stolen, closed }: Placed, word: Word): string {
  if (stolen && entity !== 'ap-payments') return 'foreign' // that of a payment is met when Procore is asked before the write
  if (entity === 'vendors') return 'no-check'
  if (entity === 'jobs') return 'still-there'
  if (entity === 'jc-transactions') return leaves ? 'not-told' : 'still-there-part'
  if (!leaves) return 'still-there'
  if (entity === 'ap-payments' && word === 'unsaid') return 'not-said'
  return closed ? 'with-job' : 'gone'
}
const isReady = (code: string): boolean => code === 'no-check' || code === 'gone'

const slow = { withinMs: 60_000 }
const few = 12

export async function liveThroughKinds(seed: number, word: Word): Promise<Outcome> {
  await using folder = await tempFolder('corpus')
  await using standIn = await standInWithAccess()
  nameBothLimits(standIn)
  const settings = { 'blast-radius.share': 1, unlink: { reasonWhenInvoiced: false } }
  const home = await setUpAgent(folder.path, { access: standIn.access, settings })
  await using agent = await startAgentAt(home)
  const erp = books()
  const own = erp.JCT_CURRENT__TRANSACTION.filter(
    (row) => row['Transaction_Type'] === 'JC cost' && ['24-1001', '24-1002'].includes(row['Job'] ?? ''),
  )
  const all = {
    vendors: erp.APM_MASTER__VENDOR,
    jobs: erp.JCM_MASTER__JOB,
    'cost-codes': erp.JCM_MASTER__COST_CODE,
    'ap-payments': erp.APM_MASTER__INVOICE_PAYMENT,
    'jc-transactions': own.slice(0, few),
  } satisfies Record<Entity, readonly ErpRecord[]>
  for (const entity of ['vendors', 'jobs', 'cost-codes', 'commitments', 'ap-invoices', 'ap-distributions', 'ap-payments'] as const)
    await agent.export(exportOf(erp, entity), entity)
  await agent.export(exportOf(erp, 'jc-transactions', all['jc-transactions']), 'jc-transactions')
  await agent.atRest(slow)
  for (const entity of ['vendors', 'jobs', 'cost-codes', 'commitments', 'ap-payments'] as const) await agent.writing(entity, 'on')
  await agent.writing('jc-transactions', 'create')
  await agent.atRest(slow)
  if (word === 'said') await agent.cli(complete, ['ap-payments', 'yes'])

  const entities = Object.keys(tables) as Entity[]
  const linked = entities.flatMap((entity) =>
    agent.ledger
      .links(entity)
      .filter(
        ({ item, key }) =>
          item !== null && standIn.company.table(tables[entity]).get(Number(item))?.origin_id?.endsWith(`:${entity}:${key}`),
      )
      .map(({ key, record, item }) => ({ key, record, entity, item: Number(item) })),
  )
  const made = fc.sample(cases, { seed, numRuns: linked.length })
  const closedJobs = new Set(erp.JCM_MASTER__JOB.flatMap((row) => (row['Status'] === 'Closed' ? [row['Job']] : [])))
  const ofClosed = new Set(
    (['cost-codes', 'ap-payments'] as const).flatMap((entity) =>
      all[entity].flatMap((row) => (closedJobs.has(row['Job']) ? [`${entity} ${keyOf[entity](row)}`] : [])),
    ),
  )
  const placed = linked.map((one, n): Placed => {
    const { leaves, stolen } = made[n] as Case
    const closed = ofClosed.has(`${one.entity} ${one.key}`)
    // Whether “Sync now” reads a project's direct costs hangs on what moved there lately: theirs are never stolen here.
    return { ...one, leaves, stolen: stolen && one.entity !== 'jc-transactions', closed }
  })
  for (const { entity, item, stolen } of placed) if (stolen) standIn.company.steal(tables[entity], item, 'other:1')
  await agent.askProcore()
  for (const entity of ['cost-codes', 'ap-payments', 'jc-transactions'] as const) {
    const gone = new Set(placed.flatMap((one) => (one.entity === entity && one.leaves ? [one.key] : [])))
    const rest = all[entity].filter((row) => !gone.has(keyOf[entity](row)))
    await agent.export(exportOf(erp, entity, rest), entity)
    await agent.atRest(slow)
  }

  const forecasts = new Map<number, ForecastShape | null>()
  for (const { record } of placed) forecasts.set(record, (await agent.ask('link', { params: { id: String(record) } })).unlink ?? null)
  const wanted = placed.map(({ record }) => ({ record, forecast: forecasts.get(record)?.id ?? '' }))
  const ends = (await Promise.all([askMany(agent, wanted.slice(0, 500), slow), askMany(agent, wanted.slice(500, 1_000), slow)])).flat()
  const outcome: Outcome = { cases: placed.length, ready: 0, orders: {}, wrong: [...standIn.violations], ends: {}, lacking: {}, codes: {} }
  for (const [n, one] of placed.entries()) {
    const code = forecasts.get(one.record)?.code ?? 'none'
    const origin = standIn.company.table(tables[one.entity]).get(one.item)?.origin_id ?? null
    const came = { code, end: ends[n]?.end ?? 'none', carries: origin === null ? 'none' : origin === 'other:1' ? 'other' : 'ours' }
    const ready = isReady(codeOf(one, word)) && !one.stolen
    const expected = {
      code: codeOf(one, word),
      end: ready ? 'unlinked' : 'refused',
      carries: one.stolen ? 'other' : ready ? 'none' : 'ours',
    }
    outcome.ready += Number(isReady(code))
    outcome.ends[came.end] = (outcome.ends[came.end] ?? 0) + 1
    outcome.codes[`${one.entity} ${code}`] = (outcome.codes[`${one.entity} ${code}`] ?? 0) + 1
    if (JSON.stringify(came) !== JSON.stringify(expected)) outcome.wrong.push(JSON.stringify({ seed, ...one, came, expected }))
  }
  return outcome
}
