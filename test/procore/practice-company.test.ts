import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { erpCompany } from './erp-company.ts'
import { exportFiles } from './erp-exports.ts'
import { kinds } from './items.ts'
import { practiceCompany } from './practice-company.ts'

const exportsFolder = fileURLToPath(new URL('../exports/', import.meta.url))
const told = (seed: number) => {
  const { tables } = practiceCompany({ seed, now: () => 0 })
  return JSON.stringify(kinds.map((kind) => tables[kind].all()))
}

describe('the practice company', () => {
  const company = practiceCompany()
  const { tables } = company
  const { known, ...erp } = erpCompany()

  it('is the same to the letter for the same seed, and another for another', () => {
    expect(told(5)).toBe(told(5))
    expect(told(5)).not.toBe(told(6))
  })

  it('has the promised size, with ids of 15 digits', () => {
    const [busy] = tables.projects.all()
    expect(tables.projects.all().length).toBeGreaterThanOrEqual(6)
    expect(tables.vendors.all()).toHaveLength(400)
    expect(company.commitments(busy!.id)).toHaveLength(250)
    expect(tables.change_order_packages.where((one) => one.type === 'CommitmentContractChangeOrder')).toHaveLength(60)
    expect(tables.prime_contracts.all()).toHaveLength(tables.projects.all().length)
    expect(tables.payment_applications.all()).toHaveLength(27)
    expect(tables.insurances.all()).toHaveLength(77)
    expect(tables.requisitions.all()).toHaveLength(300)
    expect(kinds.every((kind) => tables[kind].all().every((item) => /^\d{15}$/.test(String(item.id))))).toBe(true)
    expect(tables.users.where((user) => user.is_active && user.erp_integrated_accountant)).toHaveLength(1)
  })

  it('holds the disasters it speaks of', () => {
    const numbered = (number: string) => company.commitments().find((one) => one.number === number)!
    const { commitments, vendors } = known
    expect(numbered(commitments.tooLongTitle).title!.length).toBeGreaterThan(30)
    expect(tables.contract_line_items.heldBy(numbered(commitments.negative).id).every((line) => line.amount.startsWith('-'))).toBe(true)
    expect(commitments.foreign.map((number) => numbered(number).origin_id)).toEqual(
      commitments.foreign.map((number) => `otherlink-${number}`),
    )
    expect(tables.vendors.where((one) => one.origin_code === vendors.duplicatedCode)).toHaveLength(2)
    const missing = erp.JCT_CURRENT__TRANSACTION.filter((row) => !tables.cost_codes.all().some((code) => code.code === row['Cost_Code']))
    expect(missing).toHaveLength(known.costs.missingCode.rows)
  })

  it('agrees with its ERP except where known says so', () => {
    const { agree, differ, procoreOnly, foreign } = known.commitments
    const differing = [...differ.amount, ...differ.title, ...differ.closed]
    expect([agree, differing.length, procoreOnly.length, foreign.length]).toEqual([231, 9, 7, 3])
    const busy = company.commitments(tables.projects.all()[0]!.id)
    const otherAmount = busy.filter((one) => {
      const items = erp.JCM_MASTER__COMMITMENT_ITEM.filter((item) => item['Commitment'] === one.number)
      const theirs = items.reduce((all, item) => all + cents(item['Amount']!), 0n)
      const ours = tables.contract_line_items.heldBy(one.id).reduce((all, line) => all + cents(line.amount), 0n)
      return items.length > 0 && theirs !== ours
    })
    expect(otherAmount.map((one) => one.number)).toEqual(differ.amount)
  })

  it('adds up: commitment costs, wages, missing codes and the rest are the file’s total', () => {
    const { all, ofCommitments, wages, missingCode, others } = known.costs
    const parts = [ofCommitments, wages, missingCode, others]
    expect(parts.reduce((total, part) => total + cents(part.total), 0n)).toBe(cents(all.total))
    expect(erp.JCT_CURRENT__TRANSACTION.reduce((total, row) => total + cents(row['Amount']!), 0n)).toBe(cents(all.total))
    expect(erp.JCT_CURRENT__TRANSACTION.some((row) => row['Amount']!.startsWith('-'))).toBe(true)
    expect(
      erp.JCT_CURRENT__TRANSACTION.filter((row) => row['Transaction_Type'] === 'PR cost').every((row) => row['Employee'] && row['Pay_ID']),
    ).toBe(true)
  })

  it('has an own key for each transaction', () => {
    const keys = erp.JCT_CURRENT__TRANSACTION.map((row) => `${row['Run']}-${row['Sequence']}-${row['Dist_Sequence']}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it.each(exportFiles().map((file) => [`${file.family}/${file.name}`, file] as const))('keeps %s as generated', (path, file) => {
    expect(readFileSync(`${exportsFolder}${path}`).equals(file.bytes)).toBe(true)
  })
})

/** Two-place texts ("250.0", "-12.34") as whole cents. */
function cents(text: string): bigint {
  const [whole = '0', part = ''] = text.replace('-', '').split('.')
  return (text.startsWith('-') ? -1n : 1n) * BigInt(whole + part.padEnd(2, '0').slice(0, 2))
}
