/** Why an action is greyed or missing: every link of the chain it hangs on, each said to hold, to fail, or not to be told from here. */
import * as z from 'zod/mini'
import type { problemRoles } from './problems/kind.ts'

/** Ours (unlink, check), and Procore's own (Send to ERP, Accept). */
export const whyActions = ['unlink', 'send', 'accept', 'check'] as const
export type WhyAction = (typeof whyActions)[number]

/** Every link there is. Append, never rename: words name them. */
export const whySteps = [
  ...(['signed-in', 'role', 'project', 'approver', 'erp-level', 'commitments-admin', 'prime-contracts-admin', 'can-push'] as const),
  ...(['project-synced', 'vendor-linked', 'commitment-synced', 'status', 'number', 'number-unique', 'title', 'lines', 'fields'] as const),
  'forecast',
  ...(['linked', 'under-way', 'writing', 'children', 'whole', 'with-job'] as const),
] as const
export type WhyStep = (typeof whySteps)[number]

export const whySays = ['yes', 'no', 'unknown'] as const
export type WhySays = (typeof whySays)[number]

/** Who can grant or mend a link; `admin`: of Tieback. */
export type WhyWho = (typeof problemRoles)[number] | 'admin'

export const WhyQuestion = z.object({ action: z.enum(whyActions) })

export const WhyAnswer = z.object({
  action: z.string(),
  chain: z.array(
    z.object({
      step: z.string(),
      says: z.string(),
      /** Who can grant or mend it (WhyWho); null where it holds, or nobody has to. */
      who: z.nullable(z.string()),
    }),
  ),
})
export type WhyAnswer = z.infer<typeof WhyAnswer>
