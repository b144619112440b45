/** A sync as a plan: what a dry run of both sides lists, in which groups it is approved, and what became of each row. */

/** `deep`: both sides read anew and every record looked at; `quick`: what moved on either side. */
export const planDepths = ['deep', 'quick'] as const
export type PlanDepth = (typeof planDepths)[number]

export const planStates = ['reading', 'ready', 'running', 'paused', 'done', 'stopped', 'failed'] as const
export type PlanState = (typeof planStates)[number]

/**
 * Append, never change: stored by position. `new` is created in Procore, `link` ties what both have, `changed` is sent. What is `gone` from the
 * ERP stays in Procore until a person unlinks it; what `asks` waits for a person or for something else first; what `waits` goes by itself.
 */
export const planGroups = ['new', 'link', 'changed', 'gone', 'asks', 'waits'] as const
export type PlanGroup = (typeof planGroups)[number]

/** The groups a person may approve; of the others nothing is ever written by a plan. */
export const approvable: readonly PlanGroup[] = ['new', 'link', 'changed']

/** Append, never change: stored by position. */
export const planRowStates = ['listed', 'waiting', 'written', 'left-out', 'failed'] as const
export type PlanRowState = (typeof planRowStates)[number]

/** What a plan is of: each connection with the kinds of records ticked there. */
export type PlanScope = readonly { connection: number; entities: readonly string[] }[]

/** What a dry run found of one kind. Every record looked at is in one of the groups or in one of these counts. */
export type PlanFound = {
  connection: number
  entity: string
  /** When the ERP's data were taken there, ms; null where no export was. */
  erpAsOf: number | null
  /** When the list read longest ago was read, ms; null where one was never read. */
  procoreAsOf: number | null
  /** Lists of Procore that could not be read anew. */
  unread: number
  looked: number
  agree: number
  /** Dated before the plan's first day. */
  before: number
  /** Left alone by rule or by a person's word: only compared, left out, put away, unlinked, another integration's. */
  alone: number
}
