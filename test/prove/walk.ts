import { books, exported, exportOf } from '../flow/books.ts'
import type { StandIn } from '../procore/stand-in.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import type { ProcoreAccess } from '../support/start-stand-in.ts'

const slow = { withinMs: 240_000 }

/** Every kind of call the agent makes: lists, all links, creates, changes, frozen costs, look-ups after lost answers, owners gone, an unlink and its undo, one item by itself. */
export async function walk(standIn: StandIn, access: ProcoreAccess): Promise<Record<string, number>> {
  await using agent = await startAgent({ access, settings: { 'blast-radius.floor': 1000 } })
  agent.mayFault()
  const erp = books()
  for (const entity of exported) await agent.export(exportOf(erp, entity), entity)
  await agent.atRest(slow)
  standIn.faults.add(
    { when: { method: 'PATCH', path: /vendors\/sync$/ }, fault: { do: 'drop after commit' } },
    { when: { method: 'PATCH', path: /direct_costs\/sync$/ }, fault: { do: 'drop mid-answer' } },
    { when: { method: 'PATCH', path: /line_items\/sync$/ }, fault: { do: 'drop after commit' } },
  )
  for (const entity of exported) await agent.writing(entity, 'create')
  await agent.atRest(slow)
  await confirmAll(agent)
  await change(agent, erp)
  await loseAnOwner(agent, standIn)
  await unlinkOne(agent, standIn, erp)
  const seen = Object.fromEntries(exported.map((entity) => [entity, agent.ledger.states(entity).synced ?? 0]))
  return seen
}

/** A person says which companies belong together; what waited for a vendor goes. */
async function confirmAll(agent: RunningAgent): Promise<void> {
  for (const { params } of agent.ledger
    .problems()
    .filter(({ code }) => code === 'match-to-confirm')
    .slice(0, 10)) {
    const [type = '', id = ''] = String(params['candidates']).split(/[: ]/)
    await agent.ask('confirmMatch', { params: { id: String(params['link']) }, body: { item: { type: type as 'vendor', id } } })
  }
  await agent.askProcore()
  await agent.atRest(slow)
}

/** Another day's files: vendors and costs changed. */
async function change(agent: RunningAgent, erp: ReturnType<typeof books>): Promise<void> {
  const vendors = erp.APM_MASTER__VENDOR.map((row, n) => (n < 8 ? { ...row, Telephone: '(555) 111-2222' } : row))
  const costs = erp.JCT_CURRENT__TRANSACTION.map((row, n) =>
    n % 40 === 0 ? { ...row, Amount: `${n + 1}.25`, Description: 'Corrected' } : row,
  )
  await agent.export(exportOf(erp, 'vendors', vendors), 'vendors')
  await agent.export(exportOf(erp, 'jc-transactions', costs), 'jc-transactions')
  await agent.atRest(slow)
}

/** A commitment leaves the books and is unlinked, with its lines; where Procore is set to refuse, it stays as it was. Then that is taken back. */
async function unlinkOne(agent: RunningAgent, standIn: StandIn, erp: ReturnType<typeof books>): Promise<void> {
  const { work_order_contracts, contract_line_items } = standIn.company.tables
  const ours = work_order_contracts.live().find(({ origin_id }) => origin_id?.includes(':commitments:'))
  const key = ours?.origin_id?.split(':').at(-1) ?? ''
  if (!ours) throw new Error('No commitment was linked on the way.')
  contract_line_items
    .heldBy(ours.id)
    .forEach((line, n) => void standIn.company.steal('contract_line_items', line.id, `${ours.origin_id}#${n + 1}`))
  const rest = erp.JCM_MASTER__COMMITMENT.filter((row) => row['Commitment'] !== key)
  await agent.export(exportOf(erp, 'commitments', rest), 'commitments')
  await agent.atRest(slow)
  const id = `work-order-contract:${ours.id}`
  const { unlink } = await agent.ask('link', { params: { id } })
  if (unlink?.kind !== 'ready') throw new Error(`${key} is not ready to be unlinked: ${JSON.stringify(unlink)}`)
  await agent.ask('unlink', { params: { id }, body: { forecast: unlink.id, reason: 'Billed to the wrong job' } })
  await agent.until('the unlink has ended', () => agent.ledger.link('commitments', key)?.state !== 'unlinking', slow)
  if (agent.ledger.link('commitments', key)?.state !== 'unlinked') return
  await agent.ask('relink', { params: { id }, body: {} })
  await agent.until('the undo has ended', () => agent.ledger.link('commitments', key)?.state !== 'unlinked', slow)
}

async function loseAnOwner(agent: RunningAgent, standIn: StandIn): Promise<void> {
  const ours = standIn.company.tables.vendors.live().find(({ origin_id }) => origin_id?.includes(':vendors:'))
  if (!ours) throw new Error('No vendor was linked on the way.')
  standIn.company.release('vendors', ours.id)
  await agent.askProcore()
  await agent.until('the loss is noticed', () => agent.ledger.problems().some(({ code }) => code === 'owner-lost'))
}
