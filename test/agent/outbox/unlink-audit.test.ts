import { afterEach, describe, expect, it } from 'vitest'
import { evidence } from '../../../agent/evidence/evidence.ts'
import { kinds } from '../../../agent/items/index.ts'
import { firstBrokenAct } from '../../../agent/ledger/audit.ts'
import { wordsFor } from '../../../shared/words/index.ts'
import type { UnlinkNull } from '../../procore/api/endpoint.ts'
import { type Linked, linkedCommitment } from './linked.ts'

let one: Linked
afterEach(() => one.standIn.close())

/** Linked, and gone from the ERP; whoever unlinks it does so in browser 7. */
async function gone(): Promise<void> {
  one = await linkedCommitment()
  const { raw } = one.firm.ledger
  raw.prepare('update records set vanished_at = 1 where id = ?').run(one.record)
  raw.exec(`insert into people (id, name, email, role, created_at) values (4, 'Ada', 'ada@example.com', 'admin', 1);
    insert into keys (id, person, thumbprint, jwk, origin, label, created_at) values (7, 4, 't', '{}', 'chrome-extension://x', 'Chrome at home', 1)`)
}

async function unlink(): Promise<void> {
  one.wish()
  const asked = { person: 4, origin: 'chrome-extension://x', key: 7, forecast: 'gone', reason: 'void' }
  one.firm.ledger.raw.prepare('update outbox set asked = ? where state <> 5').run(JSON.stringify(asked))
  await one.firm.deliver()
}

const acts = () =>
  one.firm.ledger.raw
    .prepare('select * from audit order by id')
    .all()
    .map(({ act, person, browser, subject, before, after }) => ({
      ...{ act, person, subject, key: JSON.parse(String(browser)).key },
      ...{ before: JSON.parse(String(before)), after: JSON.parse(String(after)) },
    }))
const byAda = () => ({ person: 4, key: '7', subject: `link:${one.record}` })
const whole = () => expect(firstBrokenAct(one.firm.ledger.raw)).toBeNull()

/** What a reader of the page of the link, and of all acts, sees. */
function pages(): string[] {
  const { raw } = one.firm.ledger
  const made = { at: one.firm.clock.time, by: 'Ada', agent: 'Office', version: '0.1.0' }
  return [{ link: { record: one.record } }, { from: 0, to: 8.64e15 }].map((ask) =>
    (evidence(raw, kinds, ask, wordsFor('en'), made) ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '),
  )
}

describe('how an unlink ended, in the audit', () => {
  it('done: who did it, and all that carried the link, header and lines', async () => {
    await gone()
    const origins = one.origins()
    await unlink()
    const [header, ...lines] = origins.map((was, n) => ({
      ...{ id: String(one.all[n]?.id), originId: was.origin_id, originCode: was.origin_code, originData: was.origin_data },
    }))
    const free = { id: header?.id, originId: null, originCode: null, originData: null }
    expect(acts()).toEqual([
      {
        ...{ ...byAda(), act: 'unlinked' },
        // Its first line is somebody else's and stays theirs.
        before: { type: 'work-order-contract', id: header?.id, key: 'SC-X', header, lines: lines.slice(1) },
        after: { header: free, lines: [] },
      },
    ])
    expect(lines.slice(1).length).toBeGreaterThan(1)
    whole()
    const [link, all] = pages()
    expect(link).toMatch(/Unlinked Ada ada@example\.com Chrome at home \(7\)/)
    expect(all).toContain(`&quot;${lines[1]?.originId}&quot;`)
  })

  it.each([
    ['422', { code: 'locked-in-procore', params: { text: 'origin_id: cannot be removed' } }],
    ['200-but-unchanged', { code: 'link-unchanged' }],
  ] as const satisfies [UnlinkNull, object][])('refused (%s): who asked, and why it was kept', async (how, problem) => {
    await gone()
    const origins = one.origins()
    one.standIn.behaviour.unlinkNull = how
    await unlink()
    expect(one.origins()).toEqual(origins)
    expect(acts()).toMatchObject([
      {
        ...byAda(),
        act: 'unlink-refused',
        before: null,
        after: { problem },
      },
    ])
    whole()
    const [link, all] = pages()
    expect(link).toMatch(/Unlink was refused Ada ada@example\.com Chrome at home \(7\) chrome-extension:\/\/x – Procore/)
    expect(all).toContain(problem.code)
  })

  it('somebody else’s by now: refused, once', async () => {
    await gone()
    one.standIn.company.steal('work_order_contracts', one.all[0]?.id ?? 0, 'other:1')
    await unlink()
    expect(acts()).toMatchObject([{ ...byAda(), act: 'unlink-refused', after: { problem: { code: 'foreign-owner' } } }])
    whole()
  })

  it('half done: once, with the browser it was asked in', async () => {
    await gone()
    const errors = { base: ['is not editable because it has been synced with ERP'] }
    const refusing = { do: 'partial errors', rows: [0], errors } as const
    one.standIn.faults.add(
      { when: { method: 'PATCH', path: '/line_items/sync' }, fault: refusing, times: 2 },
      { when: { method: 'PATCH', path: '/work_order_contracts/sync' }, after: 1, fault: refusing },
    )
    await unlink()
    expect(acts()).toMatchObject([{ ...byAda(), act: 'unlink-half-done', after: { originId: null } }])
    whole()
  })
})
