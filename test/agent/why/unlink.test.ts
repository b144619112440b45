import { describe, expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { eyesOf } from '../../../agent/ledger/look.ts'
import { heldBy, unlinkFacts } from '../../../agent/unlink/facts.ts'
import { unlinkChain } from '../../../agent/why/unlink.ts'
import { admin, ok, type TestCompany } from '../ledger/company.ts'
import { csv, office, withOrders } from '../unlink/office.ts'

/** What an unlink of a commitment hangs on now. */
const chain = ({ raw, connection, links, clock }: TestCompany, key: string) => {
  const record = links('commitments').find((link) => link.key === key)?.record ?? 0
  const facts = unlinkFacts(raw, eyesOf(raw, kinds, connection), record, heldBy(raw))
  return facts && unlinkChain(facts, clock.now)
}
const writing = (company: TestCompany, on: boolean) =>
  company.transact((tx) =>
    company.command.setWriting(tx, { connection: company.connection, entity: 'commitments', writing: on, by: admin }),
  )

describe('what an unlink hangs on', () => {
  it('is told whole, whatever the forecast names first', async () => {
    const company = await office()
    expect(chain(company, 'A')).toMatchObject({ code: 'still-there', behind: 'still-there', writing: true, whole: false })
    await withOrders(company, 'Approved', ['A', '1'])
    await writing(company, false)
    expect(chain(company, 'A')).toMatchObject({
      code: 'writing-off',
      behind: 'still-there',
      writing: false,
      children: true,
      underWay: false,
    })
  })

  it('knows that an export holds every record once one says so', async () => {
    const company = await office()
    await company.drop('commitments.csv', csv('A'))
    expect(chain(company, 'B')).toMatchObject({ code: 'never-complete', behind: 'never-complete', whole: false })
    await company.drop('commitments.csv', csv('A', 'C'), { complete: ok(2) })
    expect(chain(company, 'A')).toMatchObject({ code: 'still-there', whole: true })
    expect(chain(company, 'B')).toMatchObject({ code: 'gone', whole: true })
  })
})
