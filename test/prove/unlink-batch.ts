/** What a kill run unlinks at once, and how it comes to be linked, with its lines, and to leave the books. */
import { cliKey } from '../../agent/cli/cli-key.ts'
import { openAgent } from '../../agent/cli/open-agent.ts'
import { openQuietAgent } from '../../agent/cli/quiet-agent.ts'
import type { BodyOf } from '../../shared/api.ts'
import { mostUnlinks } from '../../shared/forecast.ts'
import { books, exportOf } from '../flow/books.ts'
import { moreCommitmentRows } from '../flow/more-books.ts'
import type { ErpRecord } from '../procore/erp-company.ts'
import { moreCommitments } from '../procore/practice/more.ts'
import type { StandIn } from '../procore/stand-in.ts'
import { type AgentHome, dropInto } from '../support/set-up-agent.ts'
import type { Place } from './kill-run.ts'

const erp = books()
/** Commitments that leave the books, most of them with change orders under them, and one that stays with its own. */
const leaving = ['SC-1087', 'SC-1048', 'SC-1213', 'SC-1002', 'PO-2100', 'PO-2024']
export const staying = ['SC-1032']
const entities = ['vendors', 'commitments', 'commitment-cos'] as const
const types = 'vendor,work-order-contract,purchase-order-contract,commitment-change-order'
/** Enough for 500 in one act, most of them commitments with lines. */
const inBusyProject = 440

export type Books = Record<'vendors' | 'commitments', readonly ErpRecord[]>
/** `few` is what every test run affords; `many` as many as go at once. */
export type Size = 'few' | 'many'

/** The books before anything leaves them; Procore is filled up to match. */
export function booksOf(size: Size, standIn: StandIn): Books {
  const all = erp.JCM_MASTER__COMMITMENT
  if (size === 'few') return { vendors: erp.APM_MASTER__VENDOR.slice(5, 12), commitments: all.filter(isOf([...leaving, ...staying])) }
  moreCommitments(standIn.company, inBusyProject)
  return { vendors: erp.APM_MASTER__VENDOR.slice(5, 35), commitments: [...all, ...moreCommitmentRows(standIn, erp)] }
}

export const isOf =
  (numbers: readonly string[]) =>
  (row: ErpRecord): boolean =>
    numbers.includes(row['Commitment'] ?? '')

export async function drop(home: AgentHome, { vendors, commitments }: Books): Promise<void> {
  const numbers = commitments.map((row) => row['Commitment'] ?? '')
  const files = {
    jobs: exportOf(erp, 'jobs'),
    vendors: exportOf(erp, 'vendors', vendors),
    'commitment-cos': exportOf(erp, 'commitment-cos', erp.JCM_MASTER__COMMITMENT_CO.filter(isOf(numbers))),
    commitments: exportOf(erp, 'commitments', commitments),
  }
  for (const [entity, { name, bytes, rows }] of Object.entries(files)) await dropInto(home, name, bytes, { rows, entity })
}

export async function write({ data, ledger }: AgentHome): Promise<void> {
  const quiet = await openQuietAgent(ledger, 'Flow', await cliKey(data))
  const by = { person: null, origin: 'test' }
  try {
    for (const entity of entities) await quiet.call('setWriting', { connection: 1, entity, writing: true, by })
  } finally {
    quiet.close()
  }
}

/** Lines of our commitments carry our link too, as they do where Tieback made them, with what was kept beside it. */
export function linkLines({ company }: StandIn): void {
  const { work_order_contracts, purchase_order_contracts, contract_line_items } = company.tables
  for (const { id, origin_id: origin } of [...work_order_contracts.live(), ...purchase_order_contracts.live()])
    if (origin?.includes(':commitments:'))
      contract_line_items.heldBy(id).forEach((line, n) => {
        company.steal('contract_line_items', line.id, `${origin}#${n + 1}`)
        contract_line_items.change(line.id, { origin_data: `{"line":${n + 1}}` })
      })
}

export type Wanted = BodyOf<'askUnlinks'>['entries']

/** Everything ready, as far as there is room, and what has to be refused. */
export async function wantedIn(home: AgentHome, { ledger }: Pick<Place, 'ledger'>): Promise<Wanted> {
  const { ask } = await openAgent(home.data)
  const { links } = await ask('readyUnlinks', { query: { types } })
  const kept = ledger.links('commitments').filter(({ key, item }) => item !== null && staying.includes(key))
  const refused = await Promise.all(kept.map(({ record }) => ask('link', { params: { id: String(record) } })))
  return [
    ...links.slice(0, mostUnlinks - refused.length).map(({ link, forecast }) => ({ link, forecast: forecast.id })),
    ...refused.map(({ status, unlink }) => ({ link: status.link ?? '', forecast: unlink?.id ?? '' })),
  ]
}
