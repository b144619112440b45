import { basename } from 'node:path'
import type { LogLine } from '../support/tieback-process.ts'

const number = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** What one line of the agent's log means to a person; null for what only an engineer wants to know. Pure. */
export function tell(line: LogLine): string | null {
  switch (line.msg) {
    case 'file-seen':
      return `saw ${basename(String(line['file']))} (${Math.ceil(number(line['bytes']) / 1024)} KB), and waits until it rests`
    case 'file-taken':
      return `took ${line['file']}: ${rowsOf(line)}`
    case 'file-refused':
      return `set ${basename(String(line['file']))} aside: ${line['code']}`
    case 'link-changed':
      return line['run'] === undefined ? null : `${number(line['items']) + number(line['more'])} records changed their state`
    case 'connection-changed':
      return `${line['entity']}: ${line['writing'] ? (line['creating'] ? 'writes and creates' : 'writes') : 'watches only'} from now on`
    case 'fault':
      return `FAULT in ${line['where']}: ${JSON.stringify(line['err'])}`
    default:
      return null
  }
}

function rowsOf(line: LogLine): string {
  const left = Object.entries(line)
    .filter(([name]) => name.startsWith('rows.') && name !== 'rows.compared' && name !== 'rows.sent')
    .map(([name, n]) => `${number(n)} ${inWords[name.slice('rows.'.length)] ?? name.slice('rows.'.length)}`)
  const known = number(line['unchanged'])
  const read = number(line['rows']) - known
  return [`${number(line['rows'])} rows, ${known > 0 ? `${read} of them new or changed` : 'all new'}`, ...left].join(', ')
}

const inWords: Record<string, string> = {
  'writing-off': 'kept for now: writing is off',
  'summed-wages': 'wages, summed without names',
  'carried-by-commitment': 'left out: their cost comes with the commitment’s invoices',
  'not-a-cost': 'left out: no cost',
}
