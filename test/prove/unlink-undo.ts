/** What carries a link in Procore, header and lines, and that an undo of everything unlinked gives it back to the last of them. */
import { openAgent } from '../../agent/cli/open-agent.ts'
import type { StandIn } from '../procore/stand-in.ts'
import { waitFor } from '../support/wait-for.ts'
import { calm, type Place } from './kill-run.ts'

const kinds = ['vendors', 'work_order_contracts', 'purchase_order_contracts', 'contract_line_items', 'change_order_packages'] as const

/** Origin fields of all that carries any, by kind and id. */
export type CarriedIn = ReadonlyMap<string, string>

export function carriedIn({ company }: StandIn): CarriedIn {
  return new Map(
    kinds.flatMap((kind) =>
      company
        .table(kind)
        .live()
        .map((item): [string, string] => {
          const { id, origin_id, origin_data } = item
          return [`${kind}:${id}`, JSON.stringify({ origin_id, origin_code: item['origin_code'] ?? null, origin_data })]
        }),
    ),
  )
}

/** How many items (lines too) carry another link than they did. */
export const changedIn = (before: CarriedIn, after: CarriedIn): string[] =>
  [...before].flatMap(([item, was]) => (after.get(item) === was ? [] : [`${item}: carried ${was}, carries ${after.get(item)}`]))

/** How an undo ended: `records` were relinked; `items` (headers and lines) had lost what they carried, and `lost` are those that did not get it back. */
export type Undo = { records: number; items: number; lost: string[] }

/** Takes every unlink back, as a person does one after the other. */
export async function undoAll(place: Place, before: CarriedIn): Promise<Undo> {
  const items = changedIn(before, carriedIn(place.standIn)).length
  const unlinked = place.ledger.rows('select record from unlink_entries where state = 2 order by place').map(({ record }) => String(record))
  const { ask } = await openAgent(place.home.data)
  const refused: string[] = []
  for (const id of unlinked) {
    const { outcome, why } = await ask('relink', { params: { id }, body: {} })
    if (outcome === 'refused') refused.push(`link ${id} was not relinked: ${why}`)
  }
  const isBack = () => place.ledger.rows('select 1 from unlinks where relinked_at is null').length === 0
  await waitFor('all of it is linked again', () => refused.length > 0 || isBack(), {
    withinMs: 60_000,
    shows: () => place.ledger.outbox().slice(0, 20),
  })
  await calm(place.home, place.ledger)
  return { records: unlinked.length, items, lost: [...refused, ...changedIn(before, carriedIn(place.standIn))] }
}
