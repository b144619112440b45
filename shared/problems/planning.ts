/** Trouble with a sync as a plan. Append, never change. */
import type { ProblemKind } from './kind.ts'

export const planProblems = {
  'plan-open': {
    next: 'wait',
    who: 'erp-admin',
    says: 'Plan {plan} is under way for “{name}”.',
    do: 'Wait for its end, or stop it; then make another.',
  },
  'plan-not-active': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: '“{name}” is stopped: neither side is read.',
    do: 'Start the connection. It only watches until you allow more.',
  },
  'plan-not-owner': {
    next: 'fix-settings',
    who: 'erp-admin',
    says: 'Procore’s own connector owns the links of “{name}”; Tieback writes nothing there.',
    do: 'Choose another connection. What differs stands on the records’ pages.',
  },
  'plan-moved-on': {
    next: 'ask',
    who: 'erp-admin',
    says: 'That is not possible now: {state}.',
    do: 'Look at the plan as it is now.',
    values: { state: 'plan-state' },
  },
  'plan-empty': {
    next: 'ask',
    who: 'erp-admin',
    says: 'Nothing of what was chosen can go.',
    do: 'Choose at least one kind of records, or one group with rows.',
  },
} as const satisfies Record<string, ProblemKind>
