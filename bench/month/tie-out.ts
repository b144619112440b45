/**
 * The end of the month: the month's own books against what stands in Procore and against what the agent holds of both sides, record by record and
 * to the cent; what is missing, what is there twice, and what was left out, counted by the reason the agent gives.
 */
import type { Reader } from '../../agent/ledger/reader.ts'
import { type Month, size } from './firm.ts'
import * as agent from './in-agent.ts'
import * as procore from './in-procore.ts'
import { centsOf, type Found } from './in-procore.ts'
import type { ProcoreSide } from './procore-side.ts'
import * as truth from './truth.ts'

/** Rows and cents as the month's books have them, and as they were found. */
type Total = { rows: number; cents: number; foundRows: number; foundCents: number }

export type TieOut = {
  /** Σ of |difference| over everything that should tie, in cents; a wrong row count is a cent a row. */
  centsOff: number
  /** What is off, by how much. */
  off: string[]
  /** Records that should stand in a place and don't. */
  lost: string[]
  /** What stands in a place more than once, or is known to nobody. */
  doubled: string[]
  totals: Record<string, Total>
  /** Costs by what became of them: the month's books against the agent's word. */
  exclusions: Record<string, Total>
}

export function tieOut(month: Month, side: ProcoreSide, reader: Reader, key: string): TieOut {
  const compared = Object.entries(pairs(month, side, reader, key)).map(([name, [expected, found]]) => compare(name, expected, found))
  const costs = exclusionsOf(month, reader)
  const all = [...compared, costs, judgedOf(month, reader), vendorsOf(month, side)]
  return {
    centsOff: all.reduce((sum, one) => sum + one.centsOff, 0),
    off: all.flatMap(({ off }) => off),
    lost: all.flatMap(({ lost }) => lost),
    doubled: all.flatMap(({ doubled }) => doubled),
    totals: Object.fromEntries(compared.map(({ name, total }) => [name, total])),
    exclusions: costs.exclusions,
  }
}

/** Every place a figure stands in, beside what the month's books say should stand there. */
function pairs(month: Month, side: ProcoreSide, reader: Reader, key: string): Record<string, [truth.Amounts, readonly Found[]]> {
  const differing = truth.differences(month)
  const moved = (amounts: truth.Amounts) => new Map([...amounts].map(([number, cents]) => [number, cents + (differing.get(number) ?? 0)]))
  const [originals, approved, revised] = [truth.originals(month), truth.approved(month), truth.revised(month)]
  const [orders, invoices, payments, costs] = [
    ...[truth.changeOrders(month), truth.invoices(month), truth.payments(month, key), truth.directCosts(month, key)],
  ] as [truth.Amounts, truth.Amounts, truth.Amounts, truth.Amounts]
  const own = (amounts: truth.Amounts, entity: string) =>
    new Map([...amounts].map(([origin, cents]) => [origin.slice(`${key}:${entity}:`.length), cents]))
  return {
    'commitments, original, Procore': [moved(originals), procore.originalsIn(side)],
    'commitments, original, Procore as the agent read it': [moved(originals), agent.partnersOf(reader, 'commitments', 'grand_total')],
    'commitments, approved, Procore': [approved, procore.approvedIn(side)],
    'commitments, approved, Procore as the agent read it': [approved, agent.partnersOf(reader, 'commitments', 'approved_change_orders')],
    'commitments, revised, Procore': [moved(revised), procore.revisedIn(side)],
    'commitments, revised, Procore as the agent read it': [moved(revised), agent.partnersOf(reader, 'commitments', 'revised_contract')],
    'lines of commitments, ERP': [truth.commitmentItems(month), agent.recordsOf(reader, 'commitment-items')],
    'change orders, ERP': [orders, agent.recordsOf(reader, 'commitment-cos')],
    'change orders, Procore': [orders, procore.changeOrdersIn(side)],
    'change orders, Procore as the agent read it': [orders, agent.partnersOf(reader, 'commitment-cos', 'grand_total')],
    'invoices, ERP': [invoices, agent.recordsOf(reader, 'ap-invoices')],
    'distributions, ERP': [truth.distributions(month), agent.recordsOf(reader, 'ap-distributions')],
    'invoices, Procore': [invoices, procore.invoicesIn(side)],
    'invoices, Procore as the agent read it': [invoices, agent.partnersOf(reader, 'ap-invoices', 'total_claimed_amount')],
    'payments, ERP': [own(payments, 'ap-payments'), agent.recordsOf(reader, 'ap-payments')],
    'payments, Procore': [payments, procore.paymentsIn(side)],
    'direct costs, Procore': [costs, procore.directCostsIn(side)],
  }
}

type Off = Pick<TieOut, 'centsOff' | 'off' | 'lost' | 'doubled'>

function compare(name: string, expected: truth.Amounts, found: readonly Found[]): Off & { name: string; total: Total } {
  const byKey = Map.groupBy(found, ({ key }) => key)
  const differing = [...expected].flatMap(([key, cents]) => {
    const there = sum((byKey.get(key) ?? []).map((one) => one.cents))
    return there === cents ? [] : [{ key, cents: Math.abs(cents - there) }]
  })
  return {
    name,
    total: {
      rows: expected.size,
      cents: sum([...expected.values()]),
      foundRows: found.length,
      foundCents: sum(found.map(({ cents }) => cents)),
    },
    centsOff: sum(differing.map(({ cents }) => cents)),
    off: differing.map(({ key, cents }) => `${name} ${key}: ${cents}`),
    lost: [...expected.keys()].filter((key) => !byKey.has(key)).map((key) => `${name} ${key}`),
    doubled: [...byKey].flatMap(([key, all]) => (all.length > 1 || !expected.has(key) ? [`${name} ${key}`] : [])),
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0)

/** Each cost by what became of it: in the ledger row by row, and in the counts reported with the file; both are the file to the cent. */
function exclusionsOf(month: Month, reader: Reader): Off & Pick<TieOut, 'exclusions'> {
  const told = truth.tallyCosts(month)
  const { tallies, unknown } = agent.costsByFate(reader)
  const exclusions = Object.fromEntries(
    truth.fates.map((fate) => {
      const { rows, cents } = told[fate]
      return [fate, { rows, cents, foundRows: tallies[fate].rows, foundCents: tallies[fate].cents }]
    }),
  )
  const off = [
    ...Object.entries(exclusions).map(([fate, one]) => [fate, differenceOf(one)] as const),
    ...reportedOff(month, agent.reportedOf(reader, 'jc-transactions')),
    ...unknown.map((what) => [what, 1] as const),
  ].filter(([, cents]) => cents !== 0)
  return { exclusions, centsOff: sum(off.map(([, cents]) => cents)), off: off.map((one) => one.join(': ')), lost: [], doubled: [] }
}

const differenceOf = ({ rows, cents, foundRows, foundCents }: Total): number => Math.abs(rows - foundRows) + Math.abs(cents - foundCents)

/** What a file's report can know: wages are summed and the rest is to be sent, whether or not the project is found. */
function reportedOff(month: Month, counts: Record<string, string | number>): (readonly [string, number])[] {
  const reported = truth.tallyCosts({ ...month, jobs: month.jobs.map((job) => ({ ...job, inProcore: true })) })
  const classes = {
    sent: 'sent',
    'summed-wages': 'wages',
    'carried-by-commitment': 'carried-by-commitment',
    'not-a-cost': 'not-a-cost',
  } as const
  const classed = Object.entries(classes).map(([name, fate]) => {
    const found = { foundRows: Number(counts[`rows.${name}`] ?? 0), foundCents: centsOf(counts[`amount.${name}`] ?? '0') }
    return [`reported ${name}`, differenceOf({ ...reported[fate], ...found })] as const
  })
  const whole = sum(Object.values(reported).map(({ cents }) => cents))
  return [...classed, ['reported total', Math.abs(centsOf(counts['total']) - whole)]]
}

/** What the agent says differs is what the month made differ, and nothing else. */
function judgedOf(month: Month, reader: Reader): Off {
  const made = new Set(month.commitments.filter(({ differsBy }) => differsBy !== 0).map(({ number }) => number))
  const said = new Set(agent.differing(reader, 'commitments'))
  const wrong = [
    ...[...made].filter((number) => !said.has(number)),
    ...[...said].filter((number) => !made.has(number)),
    ...(['commitment-cos', 'ap-invoices'] as const).flatMap((entity) => agent.differing(reader, entity)),
  ]
  return { centsOff: 0, off: [], lost: wrong.map((key) => `wrongly judged ${key}`), doubled: [] }
}

function vendorsOf({ vendors }: Month, { company, vendors: ids }: ProcoreSide): Off {
  const lost = vendors.filter(({ code, phones }) => company.tables.vendors.get(ids.get(code)!)?.business_phone !== phones[size.days - 1])
  const doubled = company.tables.vendors.live().length - vendors.length
  return {
    ...{ centsOff: 0, off: [], lost: lost.map(({ code }) => `vendor ${code}`) },
    doubled: doubled > 0 ? [`${doubled} vendors too many`] : [],
  }
}
