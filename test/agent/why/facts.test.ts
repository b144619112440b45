import { describe, expect, it } from 'vitest'
import { whyFacts } from '../../../agent/why/facts.ts'
import { ok, type TestCompany } from '../ledger/company.ts'
import { csv, office } from '../unlink/office.ts'

const sage = { settings: { erp: 'Sage 300 CRE' } }
const facts = ({ raw, connection }: TestCompany, id: string) =>
  whyFacts(raw, { connection, item: { type: 'work-order-contract', id }, person: 1, action: 'send', unlink: null })

describe('what a chain rests on', () => {
  it('is what the ledger holds of the item, its project and its company', async () => {
    const company = await office(sage)
    expect(facts(company, 'A')).toMatchObject({
      number: 'A',
      title: 'a',
      status: 'Approved',
      project: true,
      vendor: false,
      sage: true,
      commitment: null,
    })
    expect(facts(company, 'A').right).toMatchObject({ person: null, project: '9', membership: { listed: null } })
  })

  it('counts by origin_id where Procore’s own connector owns the links', async () => {
    const company = await office({ ...sage, owner: 'procore' })
    expect(facts(company, 'A').project).toBe(false)
    expect(facts(company, 'A').owner).toBe('procore')
  })

  it('goes by the ERP the connection is set to, whatever it is called', async () => {
    expect(facts(await office({ settings: { system: 'sage-300-cre', erp: 'Buchhaltung' } }), 'A').sage).toBe(true)
    expect(facts(await office({ settings: { system: 'acumatica', erp: 'Sage 300 CRE' } }), 'A').sage).toBe(false)
  })

  it('knows nothing of an item it never saw', async () =>
    expect(facts(await office(sage), 'Z')).toMatchObject({
      number: null,
      title: null,
      status: null,
      vendor: null,
      project: null,
      numberTaken: null,
    }))

  it('calls a number free only where an export holds every commitment, and taken where another has it on either side', async () => {
    const company = await office(sage)
    expect(facts(company, 'A').numberTaken).toBeNull()
    await company.drop('commitments.csv', csv('A', 'B', 'C'), { complete: ok(3) })
    expect(facts(company, 'A').numberTaken).toBe(false)
    const content = (number: string) => ({ content: { number, title: 't', status: 'Draft', vendor_id: null } })
    await company.seen(
      'work-order-contract',
      [
        { id: 'A', ...content('A') },
        { id: 'N', ...content('C') },
        { id: 'M', ...content('A') },
      ],
      '9',
    )
    expect(facts(company, 'M').numberTaken).toBe(true)
  })
})
