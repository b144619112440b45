/** When a run may start. `on-export` runs whenever a file arrives; otherwise every so many minutes, or by a cron text in the agent's time zone. */
export type When = { kind: 'on-export' } | { kind: 'every'; minutes: number } | { kind: 'cron'; text: string }

/** What an entry does: look into the export folder, or ask Procore. */
const entryTasks = ['files', 'procore'] as const
type EntryTask = (typeof entryTasks)[number]

export type ScheduleEntry = { id: string; connection: number; task: EntryTask; when: When }

/** A week in minutes: nothing runs more rarely by minutes; use cron. */
const longestMinutes = 10_080

/** Reads what the table and the ledger keep (`on-export`, `120`, `0 6 * * 1-5`); null when it is none of these. */
export function readWhen(text: string): When | null {
  const plain = text.trim()
  if (plain === 'on-export') return { kind: 'on-export' }
  if (/^\d+$/.test(plain)) {
    const minutes = Number(plain)
    return minutes >= 1 && minutes <= longestMinutes ? { kind: 'every', minutes } : null
  }
  return /^\S+( +\S+){4,5}$/.test(plain) ? { kind: 'cron', text: plain } : null
}

export const sayWhen = (when: When): string =>
  when.kind === 'every' ? String(when.minutes) : when.kind === 'cron' ? when.text : 'on-export'

/**
 * Entries every connection starts with: files as they arrive, or every `asksEvery` minutes where the ERP is asked for them; Procore every two hours
 * (its own default at project level).
 */
export const defaultEntries = (connection: number, asksEvery: number | null = null): ScheduleEntry[] => [
  {
    id: `${connection}:files`,
    connection,
    task: 'files',
    when: asksEvery === null ? { kind: 'on-export' } : { kind: 'every', minutes: asksEvery },
  },
  { id: `${connection}:procore`, connection, task: 'procore', when: { kind: 'every', minutes: 120 } },
]
