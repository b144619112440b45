/**
 * Every trouble by code: its sentence (English here; the other languages are in words/), and what happens next.
 * Append, never change: an extension serves agents a year old. Plain data: page scripts carry it.
 */
type Next = 'wait' | 'look' | 'fix-data' | 'fix-settings' | 'ask' | 'bug'

/** Who can put it right: a role, not a person; `nobody` where it passes by itself. Worded as `who.<role>`. */
export const problemRoles = ['project-admin', 'company-admin', 'accountant', 'erp-admin', 'it', 'approver', 'nobody'] as const
type Who = (typeof problemRoles)[number]

export type ProblemKind = { readonly next: Next; readonly who: Who; readonly says: string; readonly do: string }

export const problems = {
  // ── reading files ──
  'file-not-text': {
    next: 'fix-data',
    who: 'erp-admin',
    says: '{file} is not a text file.',
    do: 'Export it again as CSV; {file} was set aside.',
  },
  'file-unknown': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'No format recognises {file}. {suggestion}',
    do: 'Choose what this file holds, or remove it. It was set aside whole.',
  },
  'file-ambiguous': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: '{file} fits more than one format: {formats}.',
    do: 'Say in the connection which one it is.',
  },
  'file-half': {
    next: 'fix-data',
    who: 'erp-admin',
    says: '{file} ends in the middle of line {line}.',
    do: 'Export it again; nothing of it was taken.',
  },
  'file-mixed-delimiter': {
    next: 'fix-data',
    who: 'erp-admin',
    says: '{file} mixes delimiters: {delimiters}.',
    do: 'Export it again with one delimiter.',
  },
  'file-encoding': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: '{file} could not be read as {encoding} (byte {offset}).',
    do: 'Set the encoding of this connection, or export again.',
  },
  'file-empty': {
    next: 'fix-data',
    who: 'erp-admin',
    says: '{file} holds a header and no rows.',
    do: 'Nothing was changed. Export it again if it should hold records.',
  },
  'file-moved-while-read': {
    next: 'wait',
    who: 'nobody',
    says: '{file} changed while it was being read.',
    do: 'It is read again when it rests.',
  },
  'file-unreadable': {
    next: 'fix-settings',
    who: 'it',
    says: '{file} could not be opened: {reason}.',
    do: 'Give the agent read access to the folder.',
  },
  'file-older': {
    next: 'ask',
    who: 'erp-admin',
    says: '{file} is older than what was last taken ({taken}).',
    do: 'Say whether it should be taken all the same.',
  },
  'manifest-mismatch': {
    next: 'fix-data',
    who: 'erp-admin',
    says: '{file} and its manifest disagree on {what}: {found}, not {said}.',
    do: 'Export both again; nothing of it was taken.',
  },
  'folder-unreachable': {
    next: 'wait',
    who: 'it',
    says: 'Folder {folder} cannot be reached: {reason}.',
    do: 'Nothing is taken for deleted. It is tried again at {when}.',
  },
  'row-field-count': {
    next: 'fix-data',
    who: 'accountant',
    says: 'Line {line}: {found} fields, the header has {expected}.',
    do: 'Correct the row in the ERP or the export.',
  },
  'row-too-long': {
    next: 'fix-data',
    who: 'accountant',
    says: 'Line {line} is longer than {limit} bytes.',
    do: 'Correct the row; a quote may be missing.',
  },
  'amount-unreadable': {
    next: 'fix-data',
    who: 'accountant',
    says: 'Line {line}, {column}: the amount “{text}” could not be read.',
    do: 'Correct it, or set the number style of this connection.',
  },
  'date-unreadable': {
    next: 'fix-data',
    who: 'accountant',
    says: 'Line {line}, {column}: the date “{text}” does not fit {format}.',
    do: 'Correct it, or set the date format of this connection.',
  },
  'value-unreadable': {
    next: 'fix-data',
    who: 'accountant',
    says: 'Line {line}, {column}: “{text}” is not one of {expected}.',
    do: 'Correct it in the ERP.',
  },
  'key-missing': {
    next: 'fix-data',
    who: 'accountant',
    says: 'Line {line}: {column} is empty, so the row cannot be told from others.',
    do: 'Correct the row in the ERP.',
  },
  'key-twice': {
    next: 'fix-data',
    who: 'accountant',
    says: 'Lines {line} and {other} both claim {key}.',
    do: 'Neither was taken. Correct one of them.',
  },
  'header-twice': {
    next: 'fix-data',
    who: 'erp-admin',
    says: '{file}: the column {column} appears more than once.',
    do: 'Export it again with each column once; nothing of it was taken.',
  },
  'code-damaged': {
    next: 'fix-data',
    who: 'erp-admin',
    says: 'Line {line}, {column}: “{text}” looks like a code a spreadsheet has changed.',
    do: 'Export it again without a spreadsheet in between. If codes are like that here, say so in the connection.',
  },
  'cell-error': {
    next: 'fix-data',
    who: 'erp-admin',
    says: 'Line {line}, {column}: the cell holds {text} instead of a value.',
    do: 'Correct it in the workbook and save it again.',
  },
  'cell-no-value': {
    next: 'fix-data',
    who: 'erp-admin',
    says: 'Line {line}, {column}: the formula was never calculated.',
    do: 'Open the workbook where it was made, let it calculate, and save it again.',
  },
  'cell-merged': {
    next: 'fix-data',
    who: 'erp-admin',
    says: 'Line {line}, {column}: the cell is merged with another.',
    do: 'Unmerge it, so that every row holds its own value.',
  },
  'file-too-large': {
    next: 'fix-data',
    who: 'erp-admin',
    says: '{file} unpacks to more than {limit} MB, or to more than {times} times its size.',
    do: 'Export it in parts or as CSV; nothing of it was taken.',
  },
  'file-encrypted': {
    next: 'fix-data',
    who: 'erp-admin',
    says: '{file} is protected by a password.',
    do: 'Save it without one; nothing of it was taken.',
  },
  'file-other-workbook': {
    next: 'fix-data',
    who: 'erp-admin',
    says: '{file} is a workbook of the kind {kind}, which is not read.',
    do: 'Save it as .xlsx or CSV; it was set aside whole.',
  },
  'file-damaged': {
    next: 'fix-data',
    who: 'erp-admin',
    says: '{file} could not be unpacked: {reason}.',
    do: 'Export it again; nothing of it was taken.',
  },
  // ── deciding ──
  'blast-radius': {
    next: 'ask',
    who: 'erp-admin',
    says: '{file} would change or remove {count} of {total} records.',
    do: 'Look at it, then let it through or refuse it.',
  },
  'match-to-confirm': {
    next: 'ask',
    who: 'accountant',
    says: '{key} looks like {item} in Procore ({why}).',
    do: 'Confirm that they are the same, or say they are not.',
  },
  'match-ambiguous': { next: 'ask', who: 'accountant', says: '{key} fits {count} items in Procore.', do: 'Choose one.' },
  'project-unmatched': {
    next: 'fix-data',
    who: 'project-admin',
    says: 'Job {job} has no project with that number in Procore.',
    do: 'Set the project number in Procore, or leave the job out.',
  },
  'project-not-permitted': {
    next: 'fix-settings',
    who: 'company-admin',
    says: 'Procore does not show project {project} to Tieback.',
    do: 'Add it to the permitted projects of the app in Procore’s company settings.',
  },
  'vendor-unmatched': {
    next: 'ask',
    who: 'accountant',
    says: 'Vendor {vendor} is not linked to a company in Procore.',
    do: 'Link the vendor first; this waits for it.',
  },
  'cost-code-missing': {
    next: 'fix-data',
    who: 'project-admin',
    says: 'Project {project} has no cost code {code}.',
    do: 'Add the code in Procore; this is sent again by itself.',
  },
  'cost-type-missing': {
    next: 'fix-data',
    who: 'company-admin',
    says: 'Procore has no cost type {code}.',
    do: 'Add the cost type in Procore; this is sent again by itself.',
  },
  'sub-job-missing': {
    next: 'fix-data',
    who: 'project-admin',
    says: 'Project {project} has no sub job {code}.',
    do: 'Let extras be created, or add the sub job in Procore; this is sent again by itself.',
  },
  'standard-list-unknown': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'Procore has several standard cost code lists, or none.',
    do: 'Say in the connection which list the ERP’s codes go into (standard-cost-code-list).',
  },
  'commitment-unmatched': {
    next: 'ask',
    who: 'accountant',
    says: 'Payment {payment}: commitment {commitment} is not linked to one in Procore.',
    do: 'Link the commitment first; the payment waits for it.',
  },
  'payment-of-several': {
    next: 'ask',
    who: 'accountant',
    says: 'Payment {payment} pays several commitments: {commitments}.',
    do: 'Enter its parts in Procore by hand; Tieback does not divide payments.',
  },
  'amount-negative': {
    next: 'ask',
    who: 'accountant',
    says: '{key} is negative ({amount}).',
    do: 'Check it; commitments are not negative as a rule.',
  },
  'not-comparable': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: '{field} rests on different bases here and there.',
    do: 'Say in the connection whether amounts hold tax and holdback.',
  },
  'foreign-owner': {
    next: 'ask',
    who: 'approver',
    says: '{item} belongs to another integration ({origin}).',
    do: 'Tieback leaves it alone. Release it there first if Tieback should own it.',
  },
  'owner-lost': {
    next: 'ask',
    who: 'approver',
    says: 'The link on {item} was changed in Procore by someone else.',
    do: 'Nothing was written. Look at who owns it now, then link again.',
  },
  'locked-in-procore': {
    next: 'ask',
    who: 'project-admin',
    says: 'Procore refuses to change {item}: {text}',
    do: 'Unlock it in Procore or leave it as it is.',
  },
  'child-not-unlinked': {
    next: 'ask',
    who: 'accountant',
    says: '{child} under it is not unlinked.',
    do: 'Look why not, and unlink it first.',
  },
  'undo-claimed': {
    next: 'ask',
    who: 'approver',
    says: 'Since the unlink, {item} or a line of it was linked by somebody else ({origin}).',
    do: 'Nothing was put back. Release it there first if the unlink is to be undone.',
  },
  'undo-line-gone': {
    next: 'ask',
    who: 'approver',
    says: 'Lines of {item} that were linked no longer exist in Procore: {count}.',
    do: 'Nothing was put back: it is no longer what it was. Restore them in Procore, then undo again.',
  },
  'undo-refused': {
    next: 'ask',
    who: 'project-admin',
    says: 'Procore did not take back the link of {item}: {text}',
    do: 'It is unlinked as before. Undo again once that is dealt with.',
  },
  'undo-half-done': {
    next: 'ask',
    who: 'approver',
    says: 'The link of {item} is back on {count} of its lines only: {text}',
    do: 'Procore refused both ways. Undo again once that is dealt with: it goes on from there.',
  },
  'match-linked': {
    next: 'ask',
    who: 'approver',
    says: '{key} is linked to {item}.',
    do: 'Unlink it first; then it can be linked to another.',
  },
  'match-under-way': {
    next: 'wait',
    who: 'nobody',
    says: 'A change of {key} is on its way to Procore.',
    do: 'Nothing was done. Link it once that has ended.',
  },
  'unlink-half-done': {
    next: 'ask',
    who: 'approver',
    says: 'The link of {item} is off in part only: {text}',
    do: 'Procore refused both ways; what carried it is kept. Unlink again, or undo, once that is dealt with: it goes on from there.',
  },
  'watch-not-allowed': {
    next: 'ask',
    who: 'erp-admin',
    says: '{key} is gone from the ERP, but {person}, who asked for its unlink in advance, may no longer unlink it.',
    do: 'Nothing was done. Somebody who may can unlink it now.',
  },
  // ── Procore ──
  'procore-busy': { next: 'wait', who: 'nobody', says: 'Procore asked us to slow down.', do: 'Next try {when}.' },
  'procore-down': { next: 'wait', who: 'nobody', says: 'Procore does not answer ({reason}).', do: 'Nothing is lost. Next try {when}.' },
  'procore-secret': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'Procore refused the client id or secret.',
    do: 'Enter them again with “tieback init” and the same name, then start.',
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
    do: 'Give the app the right it lacks ({tool}).',
  },
  'procore-refused': { next: 'fix-data', who: 'accountant', says: 'Procore refused {item}: {text}', do: 'Correct it, then send again.' },
  'procore-not-found': {
    next: 'look',
    who: 'project-admin',
    says: 'Procore no longer shows {item}.',
    do: 'Look whether it was deleted or the project was taken away.',
  },
  'procore-answer': {
    next: 'bug',
    who: 'it',
    says: 'Procore’s answer could not be understood ({what}).',
    do: 'Send us the support bundle.',
  },
  'send-unconfirmed': { next: 'look', who: 'nobody', says: 'Procore did not answer.', do: 'We look before sending again.' },
  'value-unsendable': {
    next: 'fix-data',
    who: 'accountant',
    says: '{field} “{text}” cannot be sent to Procore: {why}.',
    do: 'Correct it in the ERP; it is sent again by itself.',
  },
  // ── the agent ──
  'writing-off': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'Watch only: nothing is written for {entity}.',
    do: 'Look at the dry run, then enable writing for {entity}.',
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
  },
  'run-failed': {
    next: 'bug',
    who: 'it',
    says: 'The run stopped: {reason}.',
    do: 'It is tried again at {when}. Send us the support bundle if it stays.',
  },
  'export-missed': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'An export of {entity} was expected {expected} and none was taken; the last one is of {asOf}.',
    do: 'Look whether the ERP still writes {file}, and whether a newer one was set aside.',
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
  },
  'set-incomplete': {
    next: 'wait',
    who: 'erp-admin',
    says: '{file} is one of a set, and {missing} is not there yet.',
    do: 'None of the set is taken before all of it is there. Export it again if it stays.',
  },
  // ── browser and agent ──
  'not-paired': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'This browser is not paired with an agent.',
    do: 'Open Tieback’s options and enter a code.',
  },
  'agent-unreachable': {
    next: 'wait',
    who: 'it',
    says: 'The agent does not answer, or its certificate is not trusted.',
    do: 'Open the agent’s page: it shows which.',
  },
  'another-program': {
    next: 'fix-settings',
    who: 'it',
    says: 'Another program answers at the agent’s address.',
    do: 'Check the address in options.',
  },
  'wrong-company': {
    next: 'ask',
    who: 'erp-admin',
    says: 'This agent serves {agent}, this page is {page}.',
    do: 'Nothing is shown or done here. Pair the agent of this company.',
  },
  'wrong-environment': {
    next: 'ask',
    who: 'erp-admin',
    says: 'This page is of Procore ({environment}); this agent works with another environment of this company.',
    do: 'Nothing is shown or done here. Open the record in that environment, or pair the agent of this one.',
  },
  'agent-too-old': { next: 'fix-settings', who: 'it', says: 'The agent is too old for this extension.', do: 'Upgrade the agent.' },
  'extension-too-old': {
    next: 'wait',
    who: 'nobody',
    says: 'This extension is too old for the agent.',
    do: 'It updates itself; restart the browser to hurry.',
  },
  'code-wrong': { next: 'ask', who: 'erp-admin', says: 'That code is not valid.', do: 'Ask for a new one: a code lasts two minutes.' },
  'role-missing': { next: 'ask', who: 'erp-admin', says: 'This needs the role {role}.', do: 'An admin can grant it.' },
  'person-suspended': {
    next: 'ask',
    who: 'company-admin',
    says: 'Procore says that {name} is inactive.',
    do: 'An admin of Procore’s company directory can make them active again; Tieback follows within a day.',
  },
  'scope-missing': {
    next: 'ask',
    who: 'erp-admin',
    says: 'Project {project} is not among those Tieback lets you work in.',
    do: 'A Tieback admin can add it.',
  },
  'not-on-project': {
    next: 'ask',
    who: 'project-admin',
    says: 'Procore does not list you in project {project} (as of {asOf}).',
    do: 'Someone who may change the project’s directory in Procore can add you; Tieback follows within a day.',
  },
  'approver-missing': {
    next: 'ask',
    who: 'erp-admin',
    says: 'You are not among Tieback’s approvers.',
    do: 'A Tieback admin can grant it (tieback approver).',
  },
  'approver-missing-procore': {
    next: 'ask',
    who: 'company-admin',
    says: 'You lack “Can Push to Accounting” in Procore (as of {asOf}).',
    do: 'An accounting approver who is also an admin of Procore’s directory can grant it; Tieback follows within a day.',
  },
  'approver-unknown': {
    next: 'wait',
    who: 'nobody',
    says: 'Procore has not said yet whether you may push to accounting.',
    do: 'It is asked by itself; try again in a few minutes.',
  },
  'request-refused': {
    next: 'bug',
    who: 'it',
    says: 'The agent refused the request ({reason}).',
    do: 'Reload the page; pair again if it stays.',
  },
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof problems

/** Trouble as data, next to what worked. `params` fill the sentence; `at` says where, if it was in a file. */
export type Problem = {
  code: ProblemCode
  params?: Record<string, string | number> | undefined
  at?: { file?: string | undefined; line?: number | undefined; column?: string | undefined } | undefined
}

export const problem = (code: ProblemCode, params?: Problem['params'], at?: Problem['at']): Problem => ({ code, params, at })

/** Trouble with a whole run is thrown; its cause is kept. */
export class Trouble extends Error {
  readonly problem: Problem
  constructor(problem: Problem, cause?: unknown) {
    super(sayProblem(problem), { cause })
    this.name = 'Trouble'
    this.problem = problem
  }
}

/** Fills a sentence; an unknown parameter stays visible as {name}. */
export const fill = (sentence: string, params: Record<string, string | number> = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))

/** The English sentence with its next step, for logs and the command line. */
export const sayProblem = ({ code, params }: Problem): string => `${fill(problems[code].says, params)} ${fill(problems[code].do, params)}`
