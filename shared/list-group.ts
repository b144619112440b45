/** States in the few groups a line above a list can tell apart. Plain data: page scripts carry it. Append only. */
import type { LinkState } from './link-state.ts'

export const listGroups = ['agree', 'differ', 'attention', 'gone', 'on-its-way', 'not-linked', 'other', 'archived'] as const
export type ListGroup = (typeof listGroups)[number]

/** Every state is in exactly one group, so that the parts of a line add up to its list. */
export const groupOf: Record<LinkState, ListGroup> = {
  synced: 'agree',
  'changed-in-erp': 'differ',
  'changed-in-procore': 'differ',
  'changed-in-both': 'differ',
  failed: 'attention',
  rejected: 'attention',
  orphan: 'attention',
  'gone-from-erp': 'gone',
  'ready-to-send': 'on-its-way',
  sent: 'on-its-way',
  written: 'on-its-way',
  unlinking: 'on-its-way',
  'not-linked': 'not-linked',
  unlinked: 'not-linked',
  foreign: 'other',
  'left-with-job': 'other',
  archived: 'archived',
}
