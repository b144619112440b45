/** Why an action is greyed or missing: every link of the chain it hangs on, each said to hold, to fail, or not to be told from here. */
import * as z from 'zod/mini'

/** Ours (unlink, check), and Procore's own (Send to ERP, Accept). */
export const whyActions = ['unlink', 'send', 'accept', 'check'] as const
export type WhyAction = (typeof whyActions)[number]

/** Every link there is, in the order people would mend them. Append, never rename: words name them. */
export const whySteps = [
  ...(['signed-in', 'role', 'project', 'approver', 'erp-level', 'commitments-admin', 'prime-contracts-admin', 'can-push'] as const),
  ...(['project-synced', 'vendor-linked', 'commitment-synced', 'status', 'number', 'number-unique', 'title', 'lines', 'fields'] as const),
  'forecast',
] as const
export type WhyStep = (typeof whySteps)[number]

export const whySays = ['yes', 'no', 'unknown'] as const
export type WhySays = (typeof whySays)[number]

export const WhyQuestion = z.object({ action: z.enum(whyActions) })

export const WhyAnswer = z.object({
  action: z.string(),
  chain: z.array(
    z.object({
      step: z.string(),
      says: z.string(),
      /** Who can grant or mend it (problemRoles); null where it holds. */
      who: z.nullable(z.string()),
    }),
  ),
})
export type WhyAnswer = z.infer<typeof WhyAnswer>
