import { afterEach, describe, expect, it } from 'vitest'
import { problemOf } from '../../../agent/procore/errors.ts'
import { linkStates } from '../../../shared/link-state.ts'
import { wordsFor } from '../../../shared/words/index.ts'
import { sayWhole } from '../../../shared/words/say-problem.ts'
import type { UnlinkNull } from '../../procore/api/endpoint.ts'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { reaches } from '../../support/reaches.ts'
import { type Firm, makeFirm, originOf } from './firm.ts'
import { linkedCost } from './linked.ts'

let standIn: StandIn
let firm: Firm
afterEach(() => standIn.close())

async function linkedVendor(): Promise<{ record: number; id: number }> {
  standIn = await startStandIn()
  firm = await makeFirm(standIn)
  await firm.see('vendors')
  const record = await firm.record('vendors', 'UN1', { vendor: 'UN1', name: 'Unlinked Works', city: 'Hereton' })
  await firm.deliver()
  return { record, id: standIn.company.tables.vendors.byOrigin(originOf('vendors', 'UN1'))!.id }
}

/** What a person's Unlink leaves in the ledger. */
function wish(record: number): void {
  firm.ledger.raw.prepare('update links set state = ? where record = ?').run(linkStates.indexOf('unlinking'), record)
  firm.ledger.raw.prepare('insert into outbox (record, op, state, attempts, not_before) values (?, 3, 0, 0, 0)').run(record)
}

/** Procore's own words where it has some; where it just leaves the link, that is what is said. */
const whyKept = { '422': 'locked-in-procore', '200-but-unchanged': 'link-unchanged' } as const

describe('unlinking', () => {
  it('clears all that says so, and ends as unlinked', async () => {
    const { record, id } = await linkedVendor()
    wish(record)
    await firm.deliver()
    expect(standIn.company.tables.vendors.get(id)).toMatchObject({ origin_id: null, origin_code: null, origin_data: null })
    expect(firm.state(record)).toBe('unlinked')
    expect(firm.outbox().filter((row) => row['state'] !== 5)).toEqual([])
    expect(firm.ledger.events.at(-1)).toMatchObject({ kind: 'link-changed', items: [{ type: 'vendor', id: String(id) }] })
  })

  it('is done when it was done before the answer was lost', async () => {
    const { record, id } = await linkedVendor()
    wish(record)
    standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'drop after commit' } })
    await firm.deliver()
    expect(standIn.company.tables.vendors.get(id)?.origin_id).toBeNull()
    expect(firm.state(record)).toBe('unlinked')
  })

  it('does not clear what somebody else owns by now', async () => {
    const { record, id } = await linkedVendor()
    wish(record)
    standIn.company.steal('vendors', id, 'other:1')
    await firm.deliver()
    expect(standIn.company.tables.vendors.get(id)?.origin_id).toBe('other:1')
    expect(firm.problems()).toHaveLength(1)
  })

  it.each(['clears', '422', '200-but-unchanged'] as const satisfies UnlinkNull[])(
    'of a frozen cost frees its lines too, or asks a person: an empty origin_id %s',
    async (unlinkNull) => {
      const cost = await linkedCost()
      ;({ standIn, firm } = cost)
      const [header, ...lines] = cost.origins().map(({ origin_id }) => origin_id)
      expect(header).toBe(originOf('jc-transactions', 'UC1'))
      expect(lines).toEqual([`${originOf('jc-transactions', 'UC1')}#1`])
      standIn.behaviour.unlinkNull = unlinkNull
      await cost.unlink()
      const gone = unlinkNull === 'clears'
      expect(cost.origins().map(({ origin_id }) => origin_id === null)).toEqual([gone, gone])
      expect(firm.problems().map((one) => one['code'])).toEqual(unlinkNull === 'clears' ? [] : [whyKept[unlinkNull]])
      if (gone) expect(firm.state(cost.record)).toBe('unlinked')
    },
  )
})

/** A commitment of the practice company that is ours, header and lines. */
async function linkedCommitment(): Promise<{ record: number; id: number; lines: () => (string | null)[]; header: () => unknown[] }> {
  standIn = await startStandIn()
  firm = await makeFirm(standIn)
  const { work_order_contracts, contract_line_items, projects } = standIn.company.tables
  const contract = work_order_contracts.live().find(({ id }) => contract_line_items.heldBy(id).length > 1)!
  const home = projects.get(contract.project_id)!
  standIn.company.steal('work_order_contracts', contract.id, originOf('commitments', 'SC-X'))
  contract_line_items.heldBy(contract.id).forEach((line, n) => {
    standIn.company.steal('contract_line_items', line.id, n === 0 ? 'other:9' : originOf('commitments', `SC-X#${n}`))
  })
  await firm.see('projects')
  await firm.see('work-order-contracts', String(home.id))
  const record = await firm.record('commitments', 'SC-X', { commitment: 'SC-X', description: contract.title, job: home.project_number })
  await firm.deliver()
  const row = () => standIn.company.tables.work_order_contracts.get(contract.id)
  return {
    ...{ record, id: contract.id },
    lines: () => contract_line_items.heldBy(contract.id).map((line) => line.origin_id),
    header: () => [row()?.origin_id, row()?.origin_code, row()?.origin_data],
  }
}

describe('unlinking a commitment', () => {
  it('frees its lines first, then itself, in five calls; what others own stays theirs', async () => {
    const { record, lines, header } = await linkedCommitment()
    const before = lines()
    expect(firm.state(record)).toBe('not-compared')
    const from = standIn.requests.length
    wish(record)
    await firm.deliver()
    expect(header()).toEqual([null, null, null])
    expect(lines()).toEqual(before.map((_, n) => (n === 0 ? 'other:9' : null)))
    expect(firm.state(record)).toBe('unlinked')
    const calls = standIn.requests.slice(from).map(({ method, path }) => `${method} ${path.replace(/\d+/g, 'N')}`)
    expect(calls.length).toBeLessThanOrEqual(5)
    expect(calls.filter((call) => call.startsWith('PATCH'))).toEqual([
      expect.stringMatching(/line_items\/sync$/),
      expect.stringMatching(/work_order_contracts\/sync$/),
    ])
    expect(standIn.violations).toEqual([])
  })

  it('gives its lines their link back where Procore keeps the header’s', async () => {
    const { record, lines, header } = await linkedCommitment()
    const before = [lines(), header()]
    const errors = { base: ['is not editable because it has been synced with ERP'] }
    standIn.faults.add({
      when: { method: 'PATCH', path: '/work_order_contracts/sync' },
      fault: { do: 'partial errors', rows: [0], errors },
    })
    wish(record)
    await firm.deliver()
    expect([lines(), header()]).toEqual(before)
    expect(firm.problems().map((one) => one['code'])).toEqual(['locked-in-procore'])
    expect(firm.outbox().filter(({ state }) => state === 2)).toEqual([])
  })

  it.each(['422', '200-but-unchanged'] as const satisfies UnlinkNull[])(
    'asks a person where null is answered by %s, and changes nothing',
    async (how) => {
      const { record, lines, header } = await linkedCommitment()
      const before = [lines(), header()]
      standIn.behaviour.unlinkNull = how
      wish(record)
      await firm.deliver()
      expect([lines(), header()]).toEqual(before)
      expect(firm.problems().map((one) => one['code'])).toEqual([whyKept[how]])
      const [told] = firm.ledger.raw.prepare('select code, params from problems where closed_at is null').all()
      const german = sayWhole(wordsFor('de'), { code: String(told?.['code']), params: JSON.parse(String(told?.['params'])) })
      if (how === '422') return expect(german).toContain('origin_id: cannot be removed') // as Procore said it
      reaches('link-unchanged', told?.['code'])
      expect(german).toMatch(
        /^Procore stimmte zu, aber die Verknüpfung von SC-\d+ blieb, wie sie war\. Nachsehen, ob der Datensatz in Procore gesperrt ist\. Dann noch einmal versuchen oder so lassen\.$/,
      )
    },
  )

  it.each(['/line_items/sync', '/work_order_contracts/sync'])('goes on where an answer was lost on the way (%s)', async (path) => {
    const { record, lines, header } = await linkedCommitment()
    standIn.faults.add({ when: { method: 'PATCH', path }, fault: { do: 'drop after commit' } })
    wish(record)
    await firm.deliver()
    expect(header()[0]).toBeNull()
    expect(lines().filter((one) => one !== null)).toEqual(['other:9'])
    expect(firm.state(record)).toBe('unlinked')
  })

  it('gives them back too where an earlier attempt had freed them and nobody knows what became of the header', async () => {
    const { record, lines, header } = await linkedCommitment()
    const before = [lines(), header()]
    const errors = { base: ['is not editable because it has been synced with ERP'] }
    const headers = { method: 'PATCH', path: '/work_order_contracts/sync' } as const
    standIn.faults.add(
      { when: headers, fault: { do: 'drop before reading' } },
      { when: headers, fault: { do: 'partial errors', rows: [0], errors } },
    )
    wish(record)
    await firm.deliver()
    expect([lines(), header()]).toEqual(before)
    // The first is of the way there, and over with the next delivery that is confirmed.
    expect(firm.problems().map((one) => one['code'])).toEqual(['send-unconfirmed', 'locked-in-procore'])
  })

  it('stays unlinked although the ERP still has it', async () => {
    const { record, id } = await linkedCommitment()
    wish(record)
    await firm.deliver()
    await firm.see('work-order-contracts', String(standIn.company.tables.work_order_contracts.get(id)?.project_id))
    await firm.deliver()
    expect(firm.state(record)).toBe('unlinked')
    expect(standIn.company.tables.work_order_contracts.get(id)?.origin_id).toBeNull()
  })
})

describe('a frozen item that is read while it is being changed', () => {
  it('is not taken for one that lost its owner', async () => {
    const { record, id } = await linkedVendor()
    await firm.change(record, 'vendors', { vendor: 'UN1', name: 'Unlinked Works', city: 'Elsewhere' })
    await firm.calls.claim({ connection: 1, limit: 10, recover: false, like: null })
    standIn.company.release('vendors', id)
    await firm.see('vendors')
    expect(firm.state(record)).toBe('sent')
    expect(firm.problems()).toEqual([])
    await firm.deliver()
    expect(firm.problems().map((one) => one['code'])).toEqual(['owner-lost'])
  })
})

describe('a person’s retry', () => {
  it('lets go everything with the same cause, and nothing else', async () => {
    const { record } = await linkedVendor()
    await firm.change(record, 'vendors', { vendor: 'UN1', name: 'Unlinked Works', city: 'Refusedtown' })
    standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'partial errors', rows: [0], errors: { city: ['is unknown'] } } })
    await firm.deliver()
    expect(firm.state(record)).toBe('failed')
    const cause = String(firm.ledger.raw.prepare('select cause from problems where closed_at is null').get()?.['cause'])
    expect(await firm.retry('another cause')).toBe(0)
    expect(await firm.retry(cause)).toBe(1)
    await firm.deliver()
    expect(firm.state(record)).toBe('synced')
    expect(firm.problems()).toEqual([])
  })
})

/** Answers writes that fit as Procore would when it refuses a call whole. */
function refuseWhole(fits: (rows: object[]) => boolean, status: number, body: object): { refused: number } {
  const seen = { refused: 0 }
  const { client } = firm
  firm.client = {
    ...client,
    async write(ask) {
      const { updates } = JSON.parse(ask.body ?? '{}') as { updates: object[] }
      if (!fits(updates)) return client.write(ask)
      seen.refused += 1
      return { outcome: 'refused', status, body, problem: problemOf(status, body) }
    },
  }
  return seen
}

async function eightNew(): Promise<void> {
  standIn = await startStandIn()
  firm = await makeFirm(standIn)
  await firm.see('vendors')
  for (let n = 0; n < 8; n++) await firm.record('vendors', `BIG${n}`, { vendor: `BIG${n}`, name: `Batch ${n} Works` })
}
const made = () => standIn.company.tables.vendors.live().filter((one) => one.name.startsWith('Batch '))

describe('a call that Procore refuses whole', () => {
  it('is halved until it is small enough', async () => {
    await eightNew()
    const seen = refuseWhole((rows) => rows.length > 2, 413, { message: 'too large' })
    await firm.deliver()
    expect(seen.refused).toBe(3)
    expect(made()).toHaveLength(8)
    expect(firm.problems()).toEqual([])
  })

  it('is halved until the one row at fault stands alone', async () => {
    await eightNew()
    refuseWhole((rows) => JSON.stringify(rows).includes('Batch 5'), 422, { errors: { name: ['is odd'] } })
    await firm.deliver()
    expect(made()).toHaveLength(7)
    expect(firm.problems()).toMatchObject([{ code: 'procore-refused', params: expect.stringContaining('name: is odd') }])
  })
})
