import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, asker, type SyncAnswer } from './ask.ts'
import { type StandIn, startStandIn } from './stand-in.ts'

describe('records that are written one by one', () => {
  let standIn: StandIn
  let ask: Ask
  const v1 = '/rest/v1.0'

  beforeAll(async () => {
    standIn = await startStandIn()
    ask = await asker(standIn)
  })
  afterAll(() => standIn.close())
  const table = () => standIn.company.tables

  /** Each record that freezes, as it is reached: where it is written, and a field to change. */
  const frozen = () => {
    const [payment] = table().contract_payments.live()
    const [invoice] = table().requisitions.live()
    const [bill] = table().payment_applications.live()
    const place = { project_id: payment!.project_id, contract_id: payment!.contract_id }
    const ofInvoice = { project_id: invoice!.project_id, commitment_id: invoice!.commitment_id }
    const billPath = `${v1}/prime_contracts/${bill!.prime_contract_id}/payment_applications/${bill!.id}`
    const change = { invoice_number: 'by hand' }
    const ways: Record<string, [string, object, string, object]> = {
      'a payment': [`${v1}/contract_payments/${payment!.id}`, place, 'contract_payment', { notes: 'by hand' }],
      'an invoice of a subcontractor': [`/rest/v1.1/requisitions/${invoice!.id}`, ofInvoice, 'requisition', change],
      'an invoice to the owner': [billPath, { project_id: bill!.project_id }, 'payment_application', change],
    }
    return ways
  }

  it.each(['a payment', 'an invoice of a subcontractor', 'an invoice to the owner'])('freezes %s that has an owner', async (name) => {
    const [path, place, key, change] = frozen()[name]!
    const write = (fields: object) => ask('PATCH', path, { ...place, [key]: fields })
    expect((await write(change)).status).toBe(200)
    expect((await write({ origin_id: `own:${key}`, origin_data: 'x' })).json).toMatchObject({ origin_id: `own:${key}` })
    expect(await write(change)).toMatchObject({ status: 422, json: { errors: { base: [expect.stringMatching(/synced with/)] } } })
    expect((await write({ origin_id: null })).json).toMatchObject({ origin_id: null })
    expect((await write(change)).status).toBe(200)
  })

  it('takes a payment on a commitment and shows it there alone', async () => {
    const invoice = table()
      .requisitions.live()
      .find((one) => one.status === 'approved')!
    const place = { project_id: invoice.project_id, contract_id: invoice.commitment_id }
    const contract_payment = {
      date: '2026-03-31',
      check_number: '20417',
      payment_method: 'check',
      amount: '12500.00',
      requisition_id: invoice.id,
    }
    const made = await ask('POST', `${v1}/contract_payments`, { ...place, contract_payment: { ...contract_payment, origin_id: 'own:new' } })
    expect(made).toMatchObject({ status: 201, json: { ...place, amount: '12500.0', origin_id: 'own:new', requisition_id: invoice.id } })
    expect(made.json).not.toHaveProperty('payment_method')
    const list = (contract: number) => `${v1}/contract_payments?project_id=${place.project_id}&contract_id=${contract}`
    const ids = async (contract: number) => ((await ask('GET', list(contract))).json as { id: number }[]).map(({ id }) => id)
    const { id } = made.json as { id: number }
    expect(await ids(invoice.commitment_id)).toContain(id)
    const other = standIn.company.commitments(place.project_id).find((one) => one.id !== invoice.commitment_id)!
    expect(await ids(other.id)).not.toContain(id)
    const again = await ask('POST', `${v1}/contract_payments`, {
      ...place,
      contract_payment: { ...contract_payment, origin_id: 'own:new' },
    })
    expect(again).toMatchObject({ status: 422, json: { errors: { origin_id: ['has already been taken'] } } })
    const astray = await ask('POST', `${v1}/contract_payments`, { ...place, contract_id: other.id, contract_payment })
    expect(astray.json).toEqual({ errors: { requisition_id: ['is invalid'] } })
  })

  it('keeps the amount of an approved change order until it leaves that status, never its owner', async () => {
    const order = table().change_order_packages.where((one) => one.status === 'approved')[0]!
    const write = (change_order: object) =>
      ask('PATCH', `${v1}/change_order_packages/${order.id}`, {
        project_id: order.project_id,
        contract_id: order.contract_id,
        change_order,
      })
    expect((await write({ grand_total: '1.00' })).status).toBe(422)
    expect((await write({ origin_id: 'own:co', title: 'Renamed' })).json).toMatchObject({ origin_id: 'own:co', type: order.type })
    expect((await write({ status: 'pending', grand_total: '1.00' })).json).toMatchObject({ grand_total: '1.0' })
  })

  it('names an owner on a prime contract, with its approved change orders worked out', async () => {
    const [contract] = table().prime_contracts.live()
    const place = { project_id: contract!.project_id }
    const written = await ask('PATCH', `${v1}/prime_contract/${contract!.id}`, { ...place, prime_contract: { origin_id: 'own:pc' } })
    expect(written.json).toMatchObject({ id: contract!.id, origin_id: 'own:pc' })
    const [listed] = (await ask('GET', `${v1}/prime_contracts?project_id=${place.project_id}`)).json as { approved_change_orders: string }[]
    const orders = table().change_order_packages.where((one) => one.contract_id === contract!.id && one.status === 'approved')
    const cents = orders.reduce((all, one) => all + Math.round(Number(one.grand_total) * 100), 0)
    expect(orders.length).toBeGreaterThan(0)
    expect(Math.round(Number(listed!.approved_change_orders) * 100)).toBe(cents)
  })

  it('adds up owner invoices to what was earned before', async () => {
    const { project_id } = table().payment_applications.live()[0]!
    type Bill = { number: number; g702: Record<string, string> }
    const bills = (await ask('GET', `${v1}/payment_applications?project_id=${project_id}`)).json as Bill[]
    const figure = (n: number, name: string) => bills.find(({ number }) => number === n)!.g702[name]
    expect(figure(2, 'less_previous_certificates_for_payment')).toBe(figure(1, 'total_earned_less_retainage'))
    expect(figure(1, 'less_previous_certificates_for_payment')).toBe('0.0')
  })
})

describe('lists of codes', () => {
  let standIn: StandIn
  let ask: Ask
  const sync = async (path: string, body: object) => (await ask('PATCH', `/rest/v1.0/${path}`, body)).json as SyncAnswer

  beforeAll(async () => {
    standIn = await startStandIn()
    ask = await asker(standIn)
  })
  afterAll(() => standIn.close())

  it('keep standard codes by their list', async () => {
    const [erp, old] = standIn.company.tables.standard_cost_code_lists.live()
    const place = { company_id: standIn.company.id, standard_cost_code_list_id: erp!.id }
    const { entities } = await sync('standard_cost_codes/sync', {
      ...place,
      updates: [{ origin_id: 'own:s', code: '50-1000', name: 'New' }],
    })
    expect(entities[0]).toMatchObject({ standard_cost_code_list_id: erp!.id, full_code: '50-1000', origin_id: 'own:s' })
    const elsewhere = { ...place, standard_cost_code_list_id: old!.id }
    const astray = await sync('standard_cost_codes/sync', { ...elsewhere, updates: [{ id: entities[0]!['id'], name: 'Astray' }] })
    expect(astray.errors[0]?.errors).toEqual({ id: ['Entity with this ID not found'] })
  })

  it('keep cost codes by project and by sub job', async () => {
    const [subJob] = standIn.company.tables.sub_jobs.live()
    const path = (more: string) => `cost_codes/sync?project_id=${subJob!.project_id}${more}`
    const rows = { updates: [{ code: '50-1000', name: 'New' }] }
    const [own] = (await sync(path(''), rows)).entities
    const [under] = (await sync(path(`&sub_job_id=${subJob!.id}`), rows)).entities
    expect(own).toMatchObject({ biller_type: 'Project' })
    expect(under).toMatchObject({ biller_type: 'SubJob', biller_id: subJob!.id })
    expect((await sync(path(''), rows)).errors[0]?.errors).toEqual({ code: ['has already been taken'] })
    expect((await sync(path(''), { updates: [{ id: under!['id'], name: 'Astray' }] })).errors).toHaveLength(1)
  })

  it('take cost types, sub jobs, tax codes and insurances', async () => {
    const company_id = standIn.company.id
    const [project] = standIn.company.tables.projects.live()
    const [vendor] = standIn.company.tables.vendors.live()
    const one = async (path: string, place: object, row: object) => (await sync(path, { ...place, updates: [row] })).entities[0]
    expect(await one('line_item_types/sync', { company_id }, { name: 'Burden', csv_import_code: 'BUR' })).toMatchObject({ code: 'BUR' })
    const inProject = { project_id: project!.id }
    expect(await one(`sub_jobs/sync?project_id=${project!.id}`, inProject, { name: 'Annex', code: '090' })).toMatchObject({ code: '090' })
    expect(await one('tax_codes/sync', { company_id }, { code: 'WA-RIVER', rate1: 7.8 })).toMatchObject({ rate1: 7.8, archived: false })
    const policy = { vendor_id: vendor!.id, insurance_type: 'General Liability', name: 'Cascade Mutual', expiration_date: '2027-01-01' }
    expect(await one(`companies/${company_id}/insurances/sync`, {}, policy)).toMatchObject({ insurance_provider: 'Cascade Mutual' })
    expect(standIn.violations).toEqual([])
  })
})
