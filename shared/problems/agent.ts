/** Trouble of the agent itself: disk, ledger, time, its own people. Append, never change. */
import type { ProblemKind } from './kind.ts'

export const agentProblems = {
  'writing-off': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'Watch only: nothing is written for {entity}.',
    do: 'Look at the dry run, then enable writing for {entity}.',
    values: { entity: 'entity' },
  },
  'disk-full': { next: 'wait', who: 'it', says: 'The disk of the agent is full.', do: 'Make room; it goes on by itself.' },
  'folder-read-only': {
    next: 'fix-settings',
    who: 'it',
    says: 'Folder {folder} cannot be written to.',
    do: 'Files are taken but stay where they are. Give the agent write access.',
  },
  'ledger-damaged': {
    next: 'fix-settings',
    who: 'it',
    says: 'The ledger could not be read: {reason}.',
    do: 'Restore the last backup: tieback restore.',
    values: { reason: 'backup' },
  },
  'run-failed': {
    next: 'bug',
    who: 'it',
    says: 'The run stopped: {reason}.',
    do: 'Next try: {when}. Send us the support bundle if it stays.',
    values: { reason: 'said', when: 'retry' },
  },
  'export-missed': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'An export of {entity} was expected {expected} and none was taken; the last one is of {asOf}.',
    do: 'Look whether the ERP still writes {file}, and whether a newer one was set aside.',
    values: { entity: 'entity' },
  },
  'export-being-read': {
    next: 'wait',
    who: 'nobody',
    says: 'A newer export is being read.',
    do: 'Nothing was begun. Try again in a moment.',
  },
  'ledger-in-use': {
    next: 'fix-settings',
    who: 'it',
    says: 'Another agent works with the ledger {path}.',
    do: 'Stop it first, or use it: two at once would send everything twice.',
  },
  'ledger-busy': {
    next: 'wait',
    who: 'nobody',
    says: 'Another program holds the ledger {path}.',
    do: 'Nothing is lost; it goes on by itself once that program (a copy, a scanner) lets go.',
  },
  'ledger-newer': {
    next: 'fix-settings',
    who: 'it',
    says: 'A newer Tieback wrote the ledger (step {step}).',
    do: 'Nothing was changed. Start the newer Tieback again.',
  },
  'backup-unusable': {
    next: 'fix-settings',
    who: 'it',
    says: '{file} cannot be restored: {reason}.',
    do: 'The ledger was left as it is. Choose another backup.',
    values: { reason: 'backup' },
  },
  'set-incomplete': {
    next: 'wait',
    who: 'erp-admin',
    says: '{file} is one of a set, and {missing} is not there yet.',
    do: 'None of the set is taken before all of it is there. Export it again if it stays.',
  },
  'backup-failed': {
    next: 'fix-settings',
    who: 'it',
    says: 'The last backups of the ledger failed: {reason}.',
    do: 'Put that right, then choose Back up now under Settings. A daily one is tried again every hour.',
    values: { reason: 'backup' },
  },
} as const satisfies Record<string, ProblemKind>
