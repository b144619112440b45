/** Trouble while a connection is set up. Append, never change. */
import type { ProblemKind } from './kind.ts'

export const setUpProblems = {
  'connection-untested': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'These settings have not passed their test.',
    do: 'Test them, then save.',
  },
  'connection-name-taken': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'There is a connection named “{name}” already.',
    do: 'Choose another name, or change that one.',
  },
  'connection-joins': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: '“{name}” joins {erp} with company {company} of Procore; its links hang on both.',
    do: 'Leave name, companies, environment and owner as they are, or make another connection.',
  },
  'field-missing': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: '{field} is missing.',
    do: 'Fill it in.',
    values: { field: 'set-up-field' },
  },
  'field-wrong': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: '{field} cannot be used as it is.',
    do: 'Correct it.',
    values: { field: 'set-up-field' },
  },
  'projects-none': {
    next: 'ask',
    who: 'company-admin',
    says: 'The app is permitted no project.',
    do: 'In Procore, App Management, open the app and add the projects under Permissions.',
  },
  'environment-mixed': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'The exports of this folder go to another Procore already: “{name}”.',
    do: 'Give a sandbox a folder of its own.',
  },
  'clock-off': {
    next: 'fix-settings',
    who: 'it',
    says: 'The clock of this computer is {seconds} s off Procore’s.',
    do: 'Set it; logins and signatures fail else.',
  },
  'mapping-moved': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'This mapping was saved as version {version} since you opened it.',
    do: 'Look at it as it is now, then make your changes again.',
  },
  'mapping-unknown': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: '“{name}” cannot be ticked here.',
    do: 'Load the page again, and choose from its list.',
  },
  'mapping-locked': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: '{field} of {name} stays as it is: it is needed, or never read.',
    do: 'Leave that tick as it was, and save again.',
    values: { field: 'field' },
  },
  'column-lacking': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'Without {field} the {entity} of this file cannot be told apart.',
    do: 'Say which column it is.',
    values: { field: 'field', entity: 'entity' },
  },
} as const satisfies Record<string, ProblemKind>
