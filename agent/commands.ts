/** Everything the writer does in one transaction, by name: the commands of every part in one list. */
import { kinds } from './items/index.ts'
import type { WriterTx } from './ledger/command.ts'
import { ledgerCommands } from './ledger/commands.ts'
import type { By } from './ledger/writing.ts'
import { outboxCommands } from './outbox/commands.ts'
import type { ApprovePlan, AskPlan, MovePlan, PlanFailed } from './plan/commands.ts'
import { procoreCommands } from './procore/commands.ts'
import { serverCommands } from './server/commands.ts'
import { handOverCommands } from './set-up/hand-over-commands.ts'
import { type AskRelink, askRelink } from './unlink/ask-relink.ts'
import { type AskUnlink, askUnlink } from './unlink/ask-unlink.ts'
import { type AskFamily, type AskUnlinks, askFamily, askUnlinks } from './unlink/batch.ts'
import { lookAtWatches } from './unlink/look-at-watches.ts'
import { cancelWatch, type SetWatch, setWatch } from './unlink/set-watch.ts'

const planCommands = () => import('./plan/commands.ts')

export const commands = {
  ...serverCommands,
  ...handOverCommands,
  ...outboxCommands(kinds),
  ...procoreCommands,
  ...ledgerCommands(kinds),
  askUnlink: (tx: WriterTx, input: AskUnlink) => askUnlink(tx, kinds, input),
  askFamily: (tx: WriterTx, input: AskFamily) => askFamily(tx, kinds, input),
  askUnlinks: (tx: WriterTx, input: AskUnlinks) => askUnlinks(tx, kinds, input),
  askRelink: (tx: WriterTx, input: AskRelink) => askRelink(tx, kinds, input),
  /** Plans: loaded when somebody first makes one. */
  askPlan: async (tx: WriterTx, input: AskPlan) => (await planCommands()).askPlan(tx, input),
  planFailed: async (tx: WriterTx, input: PlanFailed) => (await planCommands()).planFailed(tx, input),
  approvePlan: async (tx: WriterTx, input: ApprovePlan) => (await planCommands()).approvePlan(tx, input),
  movePlan: async (tx: WriterTx, input: MovePlan) => (await planCommands()).movePlan(tx, input),
  setWatch: (tx: WriterTx, input: SetWatch) => setWatch(tx, kinds, input),
  cancelWatch: (tx: WriterTx, input: { record: number; by: By }) => cancelWatch(tx, kinds, input),
  lookAtWatches: (tx: WriterTx, _: object) => lookAtWatches(tx, kinds),
}
