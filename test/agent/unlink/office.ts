import { kinds } from '../../../agent/items/index.ts'
import { eyesOf } from '../../../agent/ledger/look.ts'
import { heldBy, unlinkFacts } from '../../../agent/unlink/facts.ts'
import { forecastOf } from '../../../agent/unlink/forecast.ts'
import type { Entity } from '../../../shared/item.ts'
import { admin, commitmentsCsv, jobsCsv, openCompany, project, type TestCompany } from '../ledger/company.ts'

export const csv = (...keys: string[]) => commitmentsCsv(...keys.map((key) => [key, key.toLowerCase(), 'V', 'J', '0', '0']))
/** What an unlink of a commitment, or another record, would come to now. */
export const forecast = (company: TestCompany, key: string, entity: Entity = 'commitments') => {
  const record = company.links(entity).find((link) => link.key === key)?.record ?? 0
  const facts = unlinkFacts(company.raw, eyesOf(company.raw, kinds, company.connection), record, heldBy(company.raw))
  return facts && forecastOf(facts, company.clock.now)
}
/** What Procore says of commitments linked by our origin_id. */
export const contracts = ({ key }: TestCompany, ...numbers: string[]) =>
  numbers.map((number) => ({
    ...{ id: number, content: { number, title: number.toLowerCase(), status: 'Approved' } },
    originId: `${key}:commitments:${number}`,
  }))

/** Commitments A and B of job J, linked in Procore by our origin_id where `owned`, with writing on. */
export async function office({
  owned = true,
  ...more
}: { owned?: boolean } & Parameters<typeof openCompany>[0] = {}): Promise<TestCompany> {
  const company = await openCompany(more)
  await company.drop('jobs.csv', jobsCsv(['J', 'School', 'In progress']))
  await company.seen('project', [project('9', 'J')])
  await company.drop('commitments.csv', csv('A', 'B'))
  await company.seen(
    'work-order-contract',
    contracts(company, 'A', 'B').map((one) => (owned ? one : { ...one, originId: null })),
    '9',
  )
  const on = { connection: company.connection, entity: 'commitments', writing: true, by: admin } as const
  if (owned && more.owner !== 'procore') await company.transact((tx) => company.command.setWriting(tx, on))
  return company
}

type Order = readonly [commitment: string, key: string]
/** An export of change orders. */
export const ordersCsv = (...orders: Order[]): string =>
  ['Commitment,Commitment_CO,Amount', ...orders.map(([commitment, key]) => `${commitment},${key},5.00`)].join('\r\n') + '\r\n'

/** Adds these change orders of commitments to an office, linked in Procore by our origin_id, with writing on. */
export async function withOrders(company: TestCompany, status: string, ...orders: Order[]): Promise<void> {
  await company.drop('orders.csv', ordersCsv(...orders))
  const items = orders.map(([contract_id, number], n) => ({
    ...{ id: `9${n + 1}`, originId: `${company.key}:commitment-cos:${contract_id}|${number}` },
    content: { contract_id, number, grand_total: '5.00', status },
  }))
  await company.seen('commitment-change-order', items, '9')
  const on = { connection: company.connection, entity: 'commitment-cos', writing: true, by: admin } as const
  await company.transact((tx) => company.command.setWriting(tx, on))
}
