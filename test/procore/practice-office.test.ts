import { describe, expect, it } from 'vitest'
import { type ErpRecord, erpCompany } from './erp-company.ts'
import { toMillionths } from './money.ts'
import { approvedOf } from './owner-amounts.ts'
import { practiceCompany } from './practice-company.ts'

const company = practiceCompany()
const { tables } = company
const { known, ...erp } = erpCompany()

/** Keys of both sides: in both, in the ERP alone, in Procore alone. */
const sides = (inErp: readonly string[], inProcore: readonly string[]) => ({
  both: inErp.filter((key) => inProcore.includes(key)),
  erpOnly: inErp.filter((key) => !inProcore.includes(key)),
  procoreOnly: inProcore.filter((key) => !inErp.includes(key)),
})
const keys = (rows: readonly ErpRecord[], ...columns: string[]) => rows.map((row) => columns.map((column) => row[column]).join('/'))
const same = (a: unknown, b: unknown) => toMillionths(a) === toMillionths(b)
const row = (rows: readonly ErpRecord[], column: string, value: unknown) => rows.find((one) => one[column] === value)!
const iso = (day: string) => `${day.slice(6)}-${day.slice(0, 2)}-${day.slice(3, 5)}`

const projects = new Map(tables.projects.all().map((one) => [one.id, one.project_number]))
const contracts = new Map(
  [...tables.work_order_contracts.all(), ...tables.purchase_order_contracts.all()].map((one) => [one.id, one.number]),
)

describe('the practice company’s office agrees with its ERP except where known says so', () => {
  it('in standard codes and cost types', () => {
    const [list] = tables.standard_cost_code_lists.where((one) => one.is_erp_list)
    const codes = tables.standard_cost_codes.where((one) => one.standard_cost_code_list_id === list!.id)
    const found = sides(
      keys(erp.JCM_MASTER__STANDARD_COST_CODE, 'Cost_Code'),
      codes.map(({ code }) => code),
    )
    const { standardCodes, categories } = known
    expect(found).toMatchObject({ erpOnly: standardCodes.erpOnly, procoreOnly: standardCodes.procoreOnly })
    expect(found.both).toHaveLength(standardCodes.matched)
    const renamed = codes.filter(
      ({ code, name }) => found.both.includes(code) && row(erp.JCM_MASTER__STANDARD_COST_CODE, 'Cost_Code', code)['Description'] !== name,
    )
    expect(renamed.map(({ code }) => code)).toEqual(standardCodes.renamed)
    const types = sides(
      keys(erp.JCM_MASTER__STANDARD_CATEGORY, 'Category'),
      tables.line_item_types.all().map(({ code }) => code),
    )
    expect(types).toMatchObject({ erpOnly: categories.erpOnly, procoreOnly: categories.procoreOnly })
  })

  it('in extras and cost codes', () => {
    const place = ({ project_id, sub_job_id }: { project_id: number; sub_job_id: number | null }) =>
      `${projects.get(project_id)}/${sub_job_id === null ? '' : tables.sub_jobs.get(sub_job_id)!.code}`
    const extras = sides(
      keys(erp.JCM_MASTER__EXTRA, 'Job', 'Extra'),
      tables.sub_jobs.all().map((one) => `${projects.get(one.project_id)}/${one.code}`),
    )
    expect(extras).toMatchObject({ erpOnly: known.extras.erpOnly, procoreOnly: [] })
    const codes = sides(
      keys(erp.JCM_MASTER__COST_CODE, 'Job', 'Extra', 'Cost_Code'),
      tables.cost_codes.all().map((one) => `${place(one)}/${one.code}`),
    )
    expect([codes.both.length, codes.erpOnly.length, codes.procoreOnly.length]).toEqual([
      known.costCodes.matched,
      known.costCodes.erpOnly,
      0,
    ])
    const used = keys(erp.JCM_MASTER__CATEGORY, 'Job', 'Extra', 'Cost_Code')
    expect(used.filter((key) => ![...codes.both, ...codes.erpOnly].includes(key))).toEqual([])
  })

  it('in tax groups and insurances', () => {
    const taxes = sides(
      keys(erp['tax-groups'], 'Tax Group'),
      tables.tax_codes.all().map(({ code }) => code),
    )
    expect(taxes).toMatchObject({ erpOnly: known.taxGroups.erpOnly, procoreOnly: known.taxGroups.procoreOnly })
    const otherRate = taxes.both.filter((code) => {
      const { rate1 } = tables.tax_codes.where((one) => one.code === code)[0]!
      return !same(row(erp['tax-groups'], 'Tax Group', code)['Rate'], rate1)
    })
    expect(otherRate).toEqual(known.taxGroups.otherRate)
    const policies = sides(
      keys(erp.insurances, 'Policy'),
      tables.insurances.all().map(({ policy_number }) => String(policy_number)),
    )
    expect(policies).toMatchObject({ erpOnly: known.insurances.erpOnly, procoreOnly: known.insurances.procoreOnly })
    const otherDate = tables.insurances.all().filter(({ policy_number, expiration_date }) => {
      const theirs = erp.insurances.find((one) => one['Policy'] === policy_number)
      return theirs && iso(theirs['Expires']!) !== expiration_date
    })
    expect(otherDate.map(({ policy_number }) => policy_number)).toEqual(known.insurances.otherDate)
  })

  it('in commitment change orders', () => {
    const ours = tables.change_order_packages.where((one) => one.type === 'CommitmentContractChangeOrder')
    const named = new Map(ours.map((one) => [`${contracts.get(one.contract_id)}/${one.number}`, one]))
    const theirs = keys(erp.JCM_MASTER__COMMITMENT_CO, 'Commitment', 'Commitment_CO')
    const approved = [...named].filter(([, { status }]) => status === 'approved').map(([key]) => key)
    const { changeOrders } = known
    expect(sides(theirs, [...named.keys()]).erpOnly).toEqual(changeOrders.erpOnly)
    expect(sides(theirs, approved).procoreOnly).toEqual(changeOrders.procoreOnly)
    const otherAmount = erp.JCM_MASTER__COMMITMENT_CO.filter((one, n) => {
      const ours = named.get(theirs[n]!)
      return ours && !same(ours.grand_total, one['Amount'])
    })
    expect(keys(otherAmount, 'Commitment', 'Commitment_CO')).toEqual(changeOrders.otherAmount)
  })

  it('in invoices and payments, which add up', () => {
    const requisitions = tables.requisitions.where(({ status }) => status.startsWith('approved'))
    const ofCommitments = erp.APM_MASTER__DISTRIBUTION.filter((one) => one['Commitment'] !== '')
    const found = sides(
      keys(ofCommitments, 'Invoice'),
      requisitions.map(({ invoice_number }) => invoice_number),
    )
    expect([found.both.length, found.erpOnly, found.procoreOnly]).toEqual([known.invoices.matched, known.invoices.erpOnly, []])
    const otherAmount = requisitions.filter(
      (one) => !same(row(ofCommitments, 'Invoice', one.invoice_number)['Amount'], one.total_claimed_amount),
    )
    expect(otherAmount.map(({ invoice_number }) => invoice_number)).toEqual(known.invoices.otherAmount)
    expect(keys(erp.APM_MASTER__DISTRIBUTION, 'Vendor', 'Invoice', 'Amount')).toEqual(
      keys(erp.APM_MASTER__INVOICE, 'Vendor', 'Invoice', 'Amount'),
    )
    const checks = sides(
      keys(erp.APM_MASTER__INVOICE_PAYMENT, 'Check'),
      tables.contract_payments.all().map(({ check_number }) => String(check_number)),
    )
    const { payments } = known
    expect([checks.both.length, checks.erpOnly.length, checks.procoreOnly.length]).toEqual([
      payments.matched,
      payments.erpOnly.length,
      payments.procoreOnly.length,
    ])
    const otherPaid = tables.contract_payments.all().filter((one) => {
      const theirs = erp.APM_MASTER__INVOICE_PAYMENT.find((paid) => paid['Check'] === one.check_number)
      return theirs && (!same(theirs['Amount'], one.amount) || theirs['Commitment'] !== contracts.get(one.contract_id))
    })
    expect(otherPaid).toHaveLength(payments.otherAmount.length)
  })

  it('in what is contracted with and billed to owners', () => {
    const differing = tables.prime_contracts.all().flatMap((one) => {
      const job = row(erp.JCM_MASTER__JOB, 'Job', projects.get(one.project_id))
      const original = same(job['Original_Contract_Amount'], one.grand_total) ? [] : [`original of ${job['Job']}`]
      const approved = approvedOf(company, one)
      return [...original, ...(same(job['JTD_Aprvd_Contract_Chgs'], approved) ? [] : [`changes of ${job['Job']}`])]
    })
    const { otherOriginal, otherChanges } = known.primeContracts
    expect(differing).toEqual([...otherOriginal.map((job) => `original of ${job}`), ...otherChanges.map((job) => `changes of ${job}`)])
    const approved = tables.payment_applications.where(({ status }) => status === 'approved')
    const bills = sides(
      keys(erp['ar-invoices'], 'Invoice'),
      approved.map(({ invoice_number }) => invoice_number),
    )
    expect(bills).toMatchObject({ erpOnly: known.ownerInvoices.erpOnly, procoreOnly: known.ownerInvoices.procoreOnly })
    const otherAmount = approved.filter((one) => {
      const theirs = erp['ar-invoices'].find((bill) => bill['Invoice'] === one.invoice_number)
      return theirs && !same(theirs['Amount'], one.claimed)
    })
    expect(otherAmount.map(({ invoice_number }) => invoice_number)).toEqual(known.ownerInvoices.otherAmount)
  })
})
