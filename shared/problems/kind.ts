import type { ValueKind } from './values.ts'

/** What there is to say of a trouble beside its sentence. */
type Next = 'wait' | 'look' | 'fix-data' | 'fix-settings' | 'ask' | 'bug'

/** Who can put it right: a role, not a person; `nobody` where it passes by itself. Worded as `who.<role>`. */
export const problemRoles = ['project-admin', 'company-admin', 'accountant', 'erp-admin', 'it', 'approver', 'nobody'] as const
type Who = (typeof problemRoles)[number]

/** `values`: the parameters that are codes, each with the list it is of. */
export type ProblemKind = {
  readonly next: Next
  readonly who: Who
  readonly says: string
  readonly do: string
  readonly values?: Readonly<Record<string, ValueKind>>
}
