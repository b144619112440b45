/** The long pieces of the writer's work: taking a file, taking one a person let through, and listing a plan. */
import { problem } from '../shared/problem.ts'
import type { Transact } from './ledger/command.ts'
import { waitingFile } from './ledger/release-take.ts'
import type { By } from './ledger/writing.ts'
import type { MakePlan } from './plan/make.ts'
import { giveBack } from './status/give-back.ts'
import { type SyncFile, type SyncOutcome, sync } from './sync.ts'

export const jobs = {
  /** The agent is at rest: this thread gives back what it does not need. */
  giveBack: (transact: Transact, _: Record<string, never>): Promise<void> => transact(({ raw }) => giveBack(raw)),

  takeFile: (transact: Transact, input: SyncFile): Promise<SyncOutcome> => sync(transact, input),

  /** Takes a file that waited (export_files.id), whatever it changes; a person takes that on. */
  releaseTake: async (transact: Transact, { file: id, by }: { file: number; by: By }): Promise<SyncOutcome> => {
    const found = await transact((tx) => {
      const waiting = waitingFile(tx.raw, id)
      if (waiting) tx.audit({ ...by, act: 'take-released', subject: `file:${id}`, after: { name: waiting.file.name } })
      return waiting
    })
    if (found === null) return { filed: 'refused', problem: problem('request-refused', { reason: 'file-not-waiting', id }), run: 0 }
    return sync(transact, { ...found, waiting: id, startedBy: by.person })
  },

  /** Loaded when somebody first makes a plan. */
  makePlan: async (transact: Transact, input: MakePlan): Promise<boolean> => (await import('./plan/make.ts')).makePlan(transact, input),
}
