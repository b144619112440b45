/** Trouble Procore tells of, or with reaching it. Append, never change. */
import type { ProblemKind } from './kind.ts'

export const procoreProblems = {
  'procore-busy': {
    next: 'wait',
    who: 'nobody',
    says: 'Procore asked us to slow down.',
    do: 'Next try {when}.',
    values: { when: 'retry' },
  },
  'procore-down': {
    next: 'wait',
    who: 'nobody',
    says: 'Procore does not answer ({reason}).',
    do: 'Nothing is lost. Next try {when}.',
    values: { reason: 'silence', when: 'retry' },
  },
  'procore-secret': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'Procore refused the client id or secret.',
    do: 'Enter them again: in the console, under Connections, or with “tieback init” and the same name while the agent is stopped.',
  },
  'procore-not-connected': {
    next: 'fix-settings',
    who: 'company-admin',
    says: 'The app is not connected to this Procore company.',
    do: 'A Procore admin installs it in company settings → App Management.',
  },
  'procore-forbidden': {
    next: 'fix-settings',
    who: 'company-admin',
    says: 'Procore does not allow this: {text}',
    do: 'Give the app the right it lacks.',
  },
  'procore-refused': {
    next: 'fix-data',
    who: 'accountant',
    says: 'Procore refused {item}: {text}',
    do: 'Correct it, then send again.',
    values: { item: 'called', text: 'refusal' },
  },
  'procore-not-found': {
    next: 'look',
    who: 'project-admin',
    says: 'Procore no longer shows {item}.',
    do: 'Look whether it was deleted or the project was taken away.',
    values: { item: 'called' },
  },
  'procore-answer': {
    next: 'bug',
    who: 'it',
    says: 'Procore’s answer could not be understood ({what}).',
    do: 'Send us the support bundle.',
    values: { what: 'answer' },
  },
  'send-unconfirmed': {
    next: 'look',
    who: 'nobody',
    says: 'Procore did not confirm it: {reason}.',
    do: 'We look before sending again.',
    values: { reason: 'silence' },
  },
  'value-unsendable': {
    next: 'fix-data',
    who: 'accountant',
    says: '{field} “{text}” cannot be sent to Procore: {why}.',
    do: 'Correct it in the ERP; it is sent again by itself.',
    values: { why: 'unsendable' },
  },
} as const satisfies Record<string, ProblemKind>
