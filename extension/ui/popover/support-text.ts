import { type ItemRef, itemKey } from '../../../shared/item.ts'
import type { Loaded } from './popover.tsx'

/** What support needs to find a case: ids, codes and times. No amounts, no names, nothing of the ERP row. Pure. */
export function supportText(item: ItemRef, { details, trouble }: Loaded, sentence: string, now: Date): string {
  const link = details?.link
  const lines: [string, unknown][] = [
    ['item', itemKey(item)],
    ['project', item.project],
    ['says', sentence],
    ['link', link?.status.link],
    ['state', link?.status.state],
    ['since', link?.status.since],
    ['ERP key', link?.status.erpKey],
    ['ERP as of', link?.status.erpAsOf],
    ['Procore as of', link?.status.procoreAsOf],
    [
      'differs',
      link?.figures
        .filter(({ agrees }) => agrees === false)
        .map(({ field }) => field)
        .join(' '),
    ],
    ['source', link?.row && `${link.row.file}:${link.row.line}`],
    ['last run', link?.lastRun && `${link.lastRun.id} ${link.lastRun.at} ${link.lastRun.state}`],
    ['problems', link?.problems.map(({ code }) => code).join(' ')],
    ['trouble', trouble?.code],
    ['at', now.toISOString()],
  ]
  return lines
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}
