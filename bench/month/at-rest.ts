import { size } from './firm.ts'
import type { Office } from './office.ts'

/** Nothing is on its way or due, but what waits for a person or for what Procore lacks; all of Procore was read once today. */
export function atRest({ reader: { raw } }: Office): boolean {
  const busy = raw.prepare('select count(*) as n from outbox where state in (0, 1, 2, 4)').get()
  const passing = ['procore-busy', 'procore-down', 'procore-secret', 'project-not-permitted', 'send-unconfirmed', 'disk-full']
  const troubled = raw
    .prepare(`select count(*) as n from problems where closed_at is null and code in (${passing.map((code) => `'${code}'`).join()})`)
    .get()
  return Number(busy?.['n']) === 0 && Number(troubled?.['n']) === 0 && allRead(raw)
}

const allRead = (raw: Office['reader']['raw']): boolean =>
  Number(raw.prepare("select count(*) as n from polls where list = 'direct-costs' and read_at is not null").get()?.['n']) >=
  size.jobs - size.erpOnlyJobs
