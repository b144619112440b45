/** The formats there are. A new export is one new file and one line here. */
import type { Format, ReadSettings } from './format.ts'
import { genericCsv } from './generic-csv.ts'
import { sageCommitmentItems } from './sage-commitment-items.ts'
import { sageCommitments } from './sage-commitments.ts'
import { sageJcTransactions } from './sage-jc-transactions.ts'
import { sageJobs } from './sage-jobs.ts'
import { sageVendors } from './sage-vendors.ts'

export const formats: readonly Format[] = [sageVendors, sageJobs, sageCommitments, sageCommitmentItems, sageJcTransactions]

/** All formats a connection may read: the list, and its own column mapping where it has one. */
export function formatsFor({ mapping }: Pick<ReadSettings, 'mapping'>): readonly Format[] {
  const like = formats.find((format) => format.entity === mapping?.entity)
  return mapping && like ? [...formats, genericCsv(mapping, like)] : formats
}
