/** States in the few groups a line above a list can tell apart. Plain data: page scripts carry it. */
import type { LinkState } from './link-state.ts'

/** In the order in which a line tells them. Their names are on the wire: new ones may come, none goes. */
export const listGroups = ['agree', 'not-compared', 'differ', 'attention', 'gone', 'on-its-way', 'not-linked', 'other', 'archived'] as const
export type ListGroup = (typeof listGroups)[number]

/** Every state is in exactly one group, so that the parts of a line add up to its list. */
export const groupOf: Record<LinkState, ListGroup> = {
  synced: 'agree',
  'not-compared': 'not-compared',
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
