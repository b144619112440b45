/**
 * What is known of single ERPs, as data: how the ERP's copy of a record is deleted, so that it can be unlinked. One file per ERP, listed in
 * index.ts. Only what the ERP's or Procore's own pages say stands here; of all else it is said that it has to be deleted there, and no path.
 */
import type { Entity } from '../item.ts'

/** Whether Sage 300 CRE's Project Management (PJ) is in use: without it an approved change order cannot be deleted. */
export const modules = ['yes', 'no', 'unknown'] as const
export type Module = (typeof modules)[number]

export type EraseFacts = { entity: Entity; approved: boolean; projectManagement: Module }

/** The first of an ERP's ways that fits is the one; `words` is the sentence's key below `erase.<id of the ERP>`. */
export type Way = {
  entity: Entity
  when?: Partial<Omit<EraseFacts, 'entity'>>
  words: string
  /** It is never deleted: another entry takes it back, and it stays in the ERP's lists. */
  reverses?: true
  /** Procore’s own Unlink refuses it even once it is reversed. */
  refused?: true
}

export type Erp = { id: string; ways: readonly Way[] }
