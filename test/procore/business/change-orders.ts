import type { Random } from '../random.ts'
import { dayAfter } from './dates.ts'
import { busyJob } from './jobs.ts'
import type { FirmChangeOrder, FirmCommitment } from './shapes.ts'

const statuses = ['approved', 'approved', 'approved', 'pending', 'draft', 'rejected', 'no_charge']

/** 60 commitment change orders on the busy job, up to three to a commitment. */
export function makeChangeOrders(chance: Random, commitments: readonly FirmCommitment[]): FirmChangeOrder[] {
  const approved = commitments.filter((one) => one.job === busyJob && one.where === 'both' && one.status === 'Approved' && !one.disaster)
  const carriers = chance.shuffled(approved).slice(0, 30)
  return carriers.flatMap((one, n) => Array.from({ length: 1 + (n % 3) }, (_, k) => order(chance, one, k + 1)))
}

function order(chance: Random, commitment: FirmCommitment, n: number): FirmChangeOrder {
  const status = chance.pick(statuses)
  return {
    commitment: commitment.number,
    number: String(n).padStart(3, '0'),
    title: chance.pick(['Added scope', 'Owner change', 'Field condition', 'Credit for deleted work']),
    amount: status === 'no_charge' ? 0 : chance.whole(-400_000, 1_900_000),
    status,
    date: dayAfter(chance.whole(60, 260)),
  }
}
