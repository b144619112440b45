import type { Random } from '../random.ts'
import { dayAfter } from './dates.ts'
import type { FirmInsurance, FirmVendor } from './shapes.ts'

const counts = { vendors: 40, otherDate: [4, 17], erpOnly: [8, 26, 33], procoreOnly: [12, 45] }
const types = [
  { type: 'General Liability', limit: '2000000' },
  { type: 'Workers Compensation', limit: '1000000' },
]

/** Two policies of each of forty vendors that both sides know. */
export function makeInsurances(chance: Random, vendors: readonly FirmVendor[]): FirmInsurance[] {
  const known = vendors.flatMap((vendor, n) => (vendor.where === 'both' ? [n] : [])).slice(0, counts.vendors)
  const policies = known.flatMap((vendor) =>
    types.map(({ type, limit }): FirmInsurance => {
      const effective = dayAfter(chance.whole(0, 200))
      const expires = dayAfter(365, effective)
      const carrier = chance.pick(['Cascade Mutual', 'Harborline Casualty', 'Northern Surety'])
      const policy = `${type.startsWith('G') ? 'GL' : 'WC'}-${chance.whole(100_000, 999_999)}`
      return { ...{ vendor, type, carrier, policy, effective, expires, erpExpires: expires, limit }, where: 'both' }
    }),
  )
  return policies.map((one, n) => {
    if (counts.otherDate.includes(n)) return { ...one, erpExpires: dayAfter(365, one.expires) }
    if (counts.erpOnly.includes(n)) return { ...one, where: 'erp' }
    return counts.procoreOnly.includes(n) ? { ...one, where: 'procore' } : one
  })
}
