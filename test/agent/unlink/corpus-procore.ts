/**
 * A world of the corpus in which Procore's own connector holds the links: nothing is ever written, whoever asks and however, and the forecast says
 * whether Procore's own Unlink would work by now. What has to come out is told from how a case was made.
 */
import fc from 'fast-check'
import type { ForecastShape } from '../../../shared/forecast.ts'
import { books, exportOf, writes } from '../../flow/books.ts'
import { nameBothLimits } from '../../support/name-both-limits.ts'
import { setUpAgent } from '../../support/set-up-agent.ts'
import { startAgentAt } from '../../support/start-agent.ts'
import { standInWithAccess } from '../../support/start-stand-in.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import type { Outcome } from './corpus.ts'
import { askEach, askMany, knowPeople, pairPeople } from './corpus-people.ts'

type Case = {
  /** `leaves` an hour ago, longer than Procore needs; `leaves-late` now; `comes-back`: missing an hour ago, there again now. */
  erp: 'stays' | 'leaves' | 'comes-back' | 'leaves-late'
  /** A commitment deleted in Procore: there is nothing to unlink. */
  deleted: boolean
}
type Placed = Case & { key: string; record: number; vendor: boolean }

const cases: fc.Arbitrary<Case> = fc.record({
  erp: fc.constantFrom('stays', 'leaves', 'comes-back', 'leaves-late'),
  deleted: fc.integer({ min: 0, max: 11 }).map((n) => n === 0),
})

/** What has to be said after the export of an hour ago, and after that of now. */
function codesOf({ erp, deleted, vendor }: Placed): readonly [hourAgo: string, now: string] {
  if (vendor) return ['procore-free', 'procore-free']
  if (deleted) return ['not-in-procore', 'not-in-procore']
  const wasThere = erp === 'stays' || erp === 'leaves-late'
  const now = { stays: 'procore-there', 'comes-back': 'procore-there', leaves: 'procore-gone', 'leaves-late': 'procore-wait' } as const
  return [wasThere ? 'procore-there' : 'procore-gone', now[erp]]
}

const slow = { withinMs: 60_000 }
const hourMs = 3_600_000
/** Of a company nothing hangs on what was exported: some are enough. */
const vendors = 80

export async function liveThroughProcores(seed: number): Promise<Outcome> {
  await using folder = await tempFolder('corpus')
  await using standIn = await standInWithAccess()
  nameBothLimits(standIn)
  knowPeople(standIn)
  const home = await setUpAgent(folder.path, { access: standIn.access, owner: 'procore', settings: { 'blast-radius.share': 1 } })
  await using agent = await startAgentAt(home)
  const erp = books()
  const began = Date.now()
  const at = (hoursAgo: number): string => new Date(began - hoursAgo * hourMs).toISOString()
  const bring = async (entity: 'jobs' | 'vendors' | 'commitments', hoursAgo: number, without: ReadonlySet<string> = new Set()) => {
    const rows = erp.JCM_MASTER__COMMITMENT.filter((row) => !without.has(row['Commitment'] ?? ''))
    const {
      name,
      bytes,
      rows: count,
    } = entity === 'commitments'
      ? exportOf(erp, entity, rows)
      : entity === 'vendors'
        ? exportOf(erp, entity, erp.APM_MASTER__VENDOR.slice(0, vendors))
        : exportOf(erp, entity)
    await agent.drop(name, bytes, { rows: count, entity, extractedAt: at(hoursAgo) })
    await agent.atRest(slow)
  }
  for (const entity of ['jobs', 'vendors', 'commitments'] as const) await bring(entity, 3)
  // Somebody switches writing on all the same: what Procore's connector holds is still not ours.
  for (const entity of ['vendors', 'commitments'] as const) await agent.writing(entity, 'on')
  await agent.atRest(slow)

  const tied = (['commitments', 'vendors'] as const).flatMap((entity) =>
    agent.ledger
      .links(entity)
      .flatMap(({ key, record, item, type }) => (item === null ? [] : [{ key, record, item: Number(item), type, entity }])),
  )
  const made = fc.sample(cases, { seed, numRuns: tied.length })
  const placed: Placed[] = tied.map(({ key, record, entity }, n) => ({ ...(made[n] as Case), key, record, vendor: entity === 'vendors' }))
  const gone = (...how: Case['erp'][]) => new Set(placed.flatMap(({ key, erp: of, vendor }) => (!vendor && how.includes(of) ? [key] : [])))
  for (const [n, { item, type, entity }] of tied.entries()) {
    const kind = entity === 'vendors' ? entity : type === 'work-order-contract' ? 'work_order_contracts' : 'purchase_order_contracts'
    if (made[n]?.deleted && entity === 'commitments') standIn.company.remove(kind, item)
    else if (n % 2 === 0) standIn.company.steal(kind, item, `connector:${item}`)
  }
  await agent.askProcore()
  const see = async () => {
    const seen = new Map<number, ForecastShape | null>()
    for (const { record } of placed) seen.set(record, (await agent.ask('link', { params: { id: String(record) } })).unlink ?? null)
    return seen
  }
  await bring('commitments', 1, gone('leaves', 'comes-back'))
  const before = await see()
  await bring('commitments', 0, gone('leaves', 'leaves-late'))
  const after = await see()

  const wanted = placed.map(({ record }) => ({ record, forecast: after.get(record)?.id ?? '' }))
  const { clients } = await pairPeople(agent, standIn, slow)
  const ends = await askInTurns(wanted, (some) => askMany(agent, some, slow))
  const others = await askInTurns(wanted.slice(0, 100), (some) => askMany(agent, some, slow, clients.accountant))
  const alone = await askEach(agent, wanted.slice(0, 20), slow, clients.accountant)
  for (const { record, forecast } of wanted.slice(-20)) {
    const { outcome } = await agent.ask('unlink', {
      params: { id: String(record) },
      body: { forecast, override: true, reason: 'was entered in the wrong company' },
    })
    alone.push({ end: outcome, code: null })
  }
  const outcome: Outcome = { cases: placed.length, ready: 0, orders: {}, wrong: [...standIn.violations], ends: {}, lacking: {}, codes: {} }
  outcome.wrong.push(...writes(standIn.requests).map(({ method, path }) => `${seed}: Procore was sent ${method} ${path}`))
  outcome.wrong.push(...[...others, ...alone].flatMap(({ end }) => (end === 'refused' ? [] : [`${seed}: one ended ${end}`])))
  for (const [n, one] of placed.entries()) {
    const came = { codes: [before.get(one.record)?.code, after.get(one.record)?.code], end: ends[n]?.end ?? 'none' }
    const expected = { codes: codesOf(one), end: 'refused' }
    outcome.ends[came.end] = (outcome.ends[came.end] ?? 0) + 1
    outcome.codes[String(came.codes[1])] = (outcome.codes[String(came.codes[1])] ?? 0) + 1
    if (JSON.stringify(came) !== JSON.stringify(expected)) outcome.wrong.push(JSON.stringify({ seed, ...one, came, expected }))
  }
  return outcome
}

/** As many at once as one act takes. */
async function askInTurns<T, E>(all: readonly T[], ask: (some: readonly T[]) => Promise<readonly E[]>): Promise<E[]> {
  const ends: E[] = []
  for (let n = 0; n < all.length; n += 500) ends.push(...(await ask(all.slice(n, n + 500))))
  return ends
}
