/**
 * What a parameter of a problem is besides a name, a number or a moment: a code of one of these lists, told in the reader's language as the
 * word `<kind>.<code>`, itself filled with the problem's other parameters. Which parameter is of which kind stands beside the problem (`values`).
 * `none` is told where nothing was given. Append, never change: ledgers and older agents keep what they said.
 */
import { entities } from '../item.ts'
import type { Role } from '../pairing.ts'
import { planStates } from '../plan.ts'

/** Nothing else is ever given. */
export const closedValues = {
  role: ['viewer', 'accountant', 'admin'] as const satisfies readonly Role[],
  /** What comes nearest to a file no format recognises. */
  nearest: ['none', 'no-header', 'no-sheet', 'format', 'format-marks', 'columns'],
  /** How a column of an export has changed since it was last taken (agent/ledger/drift/). */
  drift: ['day-month', 'other-order', 'zeros', 'other-mark', 'times', 'sign', 'moved', 'emptied', 'kind', 'characters', 'ahead'],
  /** What a manifest and its export disagree on. */
  manifest: ['layout', 'sha256', 'rows'],
  /** Where a plan stands. */
  'plan-state': planStates,
  /** Why a value is not sent to Procore. */
  unsendable: [
    ...['not-text', 'not-decimal', 'not-exact', 'not-id', 'not-date', 'not-flag'],
    ...['not-object', 'not-one-of', 'not-published', 'not-known'],
  ],
} as const

/** Beside the codes stands what only others know: their own words, quoted; a path, an error's code or a moment, as it is. */
const openValues = {
  entity: entities,
  environment: ['production', 'sandbox', 'monthly'],
  /** A field by its name; those a mapping made up have no word. */
  field: [],
  /** What a file or a system said, and no list could hold. */
  said: [],
  /** One or several, divided by commas. */
  delimiter: ['comma', 'semicolon', 'tab', 'pipe'],
  'manifest-found': ['no-json', 'manifest'],
  unreadable: ['link', 'too-long'],
  /** What a connection is set to: its own fields, then those connectors ask for. */
  'set-up-field': [
    ...['name', 'description', 'connector', 'erp', 'erpCompany', 'owner', 'company', 'companyName', 'environment', 'apiBase'],
    ...['loginBase', 'clientId', 'secret', 'path', 'share', 'quietMs', 'scanMs', 'originals', 'keepDays'],
    ...['url', 'key', 'everyMinutes', 'wholeHours', 'command', 'script', 'job', 'limitMinutes', 'quietFrom', 'quietUntil'],
  ],
  /** What is wrong with an answer of a connector; else the name of the part that is. */
  'connector-found': ['elsewhere', 'too-long', 'not-json', 'same-page', 'total'],
  /** What a connector says of the ERP, in its own words. */
  'connector-says': ['none'],
  /** What is wrong with a job file; else the name of the part that is. */
  'job-found': ['not-json', 'twice', 'not-one-select', 'several-tables', 'table-not-listed'],
  /** A query of a job file by its name, or all of the file. */
  'job-query': ['whole'],
  /** What a program said of its trouble, in its own words. */
  'extract-said': ['no-rows'],
  /** What is wrong with a certificate that was handed in. */
  'certificate-found': ['no-certificate', 'no-key', 'key-locked', 'pfx', 'pfx-passphrase', 'pfx-old'],
  /** Why a sheet for the Procore admin no longer counts. */
  'hand-over': ['arrived', 'saved', 'replaced', 'withdrawn', 'expired', 'locked'],
  /** When it is tried again. */
  retry: ['none', 'next-start', 'next-listing', 'next-call', 'next-test'],
  /** A record of Procore’s by its name, or the one a call was about. */
  called: ['unnamed'],
  /** Why Procore cannot be said to have answered. */
  silence: [
    ...['none', 'login-silent', 'login-answered', 'not-json', 'too-long', 'no-row', 'no-record', 'no-sync-answer'],
    ...['not-read-back', 'no-total'],
  ],
  /** Why Procore refused, where not in its own words. */
  refusal: ['no-reason', 'no-call', 'too-large', 'not-found', 'not-understood', 'not-sendable'],
  /** What is wrong with an answer of Procore’s. */
  answer: ['elsewhere', 'many-pages', 'no-list'],
  /** What a record and an item have in common; what exactly, stands behind a colon. */
  likeness: [
    ...['job', 'vendor-name', 'cost-type-name', 'commitment', 'commitment-co', 'insurance', 'requisition', 'payment-application'],
    ...['payment', 'payment-checked', 'payment-unchecked'],
  ],
  backup: ['no-ledger', 'newer', 'disk-full', 'damaged', 'busy'],
  /** Why the agent refuses a request that no well-made client sends; what has no word here is the name of the part that is wrong. */
  request: [
    ...[
      'no-answer',
      'no-path',
      'no-person',
      'no-connection',
      'no-link-connection',
      'no-list',
      'no-run',
      'no-act',
      'no-entry',
      'no-unlinks',
    ],
    ...['last-admin', 'part-by-nature', 'several-connections', 'never-unlinked', 'not-json', 'which-evidence', 'no-day', 'entity-or-type'],
    ...['no-group', 'no-group-or-connection', 'no-certificate-before', 'file-not-waiting', 'other-kind', 'not-running'],
    ...['unknown-types', 'no-version', 'no-plan'],
  ],
} as const

export type Drift = (typeof closedValues)['drift'][number]

type Closed = typeof closedValues
export type ValueKind = keyof Closed | keyof typeof openValues

/** What a parameter of this kind may be given. */
export type ValueOf<K> = K extends keyof Closed ? Closed[K][number] : string | number

/** Kinds and their codes; what a word is needed for. */
export const valueCodes: Readonly<Record<ValueKind, readonly string[]>> = { ...closedValues, ...openValues }
