import type { Random } from '../random.ts'
import { workCodes } from './codes.ts'
import { dayAfter } from './dates.ts'
import { busyJob, jobs } from './jobs.ts'
import type { FirmCommitment, FirmLine, FirmVendor } from './shapes.ts'

/** The busy job's 250: 231 agree, 9 differ, 7 the ERP does not know, 3 belong to another integration. Six other jobs hold 8 each; 5 stand in the ERP alone. */
const commitmentCounts = { busy: 250, agree: 231, differ: 9, procoreOnly: 7, foreign: 3, perOtherJob: 8, erpOnly: 5 }

const longTitle = 'Structural steel, metal deck, stairs and miscellaneous metals for all three wings'

export function makeCommitments(chance: Random, vendors: readonly FirmVendor[]): FirmCommitment[] {
  const known = vendors.flatMap((vendor, n) => (vendor.where === 'both' ? [n] : []))
  const others = jobs.filter((job) => job.where === 'both' && job.number !== busyJob)
  const places = [
    ...Array.from({ length: commitmentCounts.busy }, () => busyJob),
    ...others.flatMap((job) => Array.from({ length: commitmentCounts.perOtherJob }, () => job.number)),
    ...Array.from({ length: commitmentCounts.erpOnly }, () => busyJob),
  ]
  return places.map((job, n) => disturb(commitment(chance, job, known, n), n, places.length - commitmentCounts.erpOnly))
}

function commitment(chance: Random, job: string, known: readonly number[], n: number): FirmCommitment {
  const subcontract = n % 5 < 3
  const code = chance.pick(workCodes)
  return {
    number: subcontract ? `SC-${1001 + n}` : `PO-${2001 + n}`,
    kind: subcontract ? 'subcontract' : 'purchase order',
    job,
    vendor: chance.pick(known),
    title: subcontract ? code.name : `${code.name} material`,
    date: dayAfter(chance.whole(0, 200)),
    status: statusOf(chance, subcontract),
    retainage: subcontract ? 10 : 0,
    lines: Array.from({ length: chance.whole(1, 5) }, (_, line) => oneLine(chance, subcontract, code, line)),
    where: 'both',
  }
}

/** What stands in the ERP has been approved; some of it is finished. The two kinds have different words for that (facts procore-api 6.2). */
function statusOf(chance: Random, subcontract: boolean): string {
  if (chance.chance(0.9)) return 'Approved'
  return subcontract ? 'Complete' : chance.pick(['Closed', 'Received'])
}

function oneLine(chance: Random, subcontract: boolean, code: { code: string; name: string }, n: number): FirmLine {
  const units = subcontract ? null : chance.whole(1, 400)
  const each = chance.whole(900, 90_000)
  return {
    description: `${code.name}, part ${n + 1}`.slice(0, 30),
    costCode: code.code,
    category: subcontract ? 'SUB' : 'MAT',
    extra: '',
    amount: units === null ? chance.whole(120_000, 24_000_000) : units * each,
    units,
    uom: units === null ? 'LS' : 'EA',
  }
}

/** Fixed places for what goes wrong, so that a test can name the record. */
function disturb(one: FirmCommitment, n: number, firstErpOnly: number): FirmCommitment {
  if (n >= firstErpOnly) return { ...one, where: 'erp', status: 'Approved' }
  if (n >= commitmentCounts.busy) return one
  if (n >= 20 && n < 25) return { ...one, difference: 'amount', status: 'Approved' }
  if (n === 25 || n === 26) return { ...one, difference: 'title', status: 'Approved' }
  if (n === 27 || n === 28) return { ...one, difference: 'closed', status: 'Approved' }
  if (n >= 40 && n < 47) return { ...one, where: 'procore', status: n < 44 ? 'Draft' : 'Approved' }
  if (n >= 60 && n < 63) return { ...one, disaster: 'foreign origin', status: 'Approved' }
  if (n === 70) return { ...one, disaster: 'too-long title', title: longTitle }
  if (n === 84) return { ...one, disaster: 'negative', status: 'Approved', lines: one.lines.map(negative) }
  if (n === 90) return { ...one, disaster: 'duplicate vendor', vendor: 3 }
  return one
}

const negative = (line: FirmLine): FirmLine => ({ ...line, amount: -line.amount, units: line.units === null ? null : -line.units })
