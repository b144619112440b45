/** Trouble between a browser and its agent. Append, never change. */
import type { ProblemKind } from './kind.ts'

export const browserProblems = {
  'not-paired': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'This browser is not paired with an agent.',
    do: 'Ask to join in Tieback’s popup, or enter a code in its options.',
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
    values: { environment: 'environment' },
  },
  'agent-too-old': { next: 'fix-settings', who: 'it', says: 'The agent is too old for this extension.', do: 'Upgrade the agent.' },
  'extension-too-old': {
    next: 'wait',
    who: 'nobody',
    says: 'This extension is too old for the agent.',
    do: 'It updates itself; restart the browser to hurry.',
  },
  'code-wrong': { next: 'ask', who: 'erp-admin', says: 'That code is not valid.', do: 'Ask for a new one: a code lasts two minutes.' },
  'asks-many': {
    next: 'wait',
    who: 'erp-admin',
    says: 'Too many browsers have asked to join in the last minutes.',
    do: 'Ask again in ten minutes, or join with a code shown at the server.',
  },
  'ask-over': {
    next: 'ask',
    who: 'nobody',
    says: 'This request to join is over: it was answered, or its ten minutes have passed.',
    do: 'Ask to join once more.',
  },
  'ask-refused': {
    next: 'ask',
    who: 'erp-admin',
    says: 'An admin did not let this browser in.',
    do: 'Speak with them, then ask again.',
  },
  'group-name-taken': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'There is a group named “{name}” already.',
    do: 'Choose another name, or change that one.',
  },
  'role-missing': {
    next: 'ask',
    who: 'erp-admin',
    says: 'This needs the role {role}.',
    do: 'An admin can grant it.',
    values: { role: 'role' },
  },
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
    values: { reason: 'request', entity: 'entity' },
  },
  'no-such-link': {
    next: 'ask',
    who: 'nobody',
    says: 'Tieback has no such record, or none that you may see.',
    do: 'Reload the page to see how it stands.',
  },
} as const satisfies Record<string, ProblemKind>
