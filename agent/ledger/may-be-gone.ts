import type { Kind } from '../items/kind.ts'

/** Whether records of this kind can ever count as gone. */
export const mayBeGone = ({ role, whole }: Kind): boolean => role === 'master' || whole === 'when-said'

/** What the exports of a source prove by being without a record: where an admin has said that they hold every one, as much as a master file's. */
export const roleOf = ({ role, whole }: Kind, { always_complete: said }: { always_complete: number }): Kind['role'] =>
  whole === 'when-said' && said === 1 ? 'master' : role
