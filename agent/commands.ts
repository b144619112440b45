/** Everything the writer does in one transaction, by name: the commands of every part in one list. */
import { kinds } from './items/index.ts'
import type { WriterTx } from './ledger/command.ts'
import { ledgerCommands } from './ledger/commands.ts'
import { outboxCommands } from './outbox/commands.ts'
import { procoreCommands } from './procore/commands.ts'
import { serverCommands } from './server/commands.ts'
import type { AskUnlink } from './unlink/ask-unlink.ts'
import { askUnlinkRightly } from './unlink/right.ts'

export const commands = {
  ...serverCommands,
  ...outboxCommands(kinds),
  ...procoreCommands,
  ...ledgerCommands(kinds),
  askUnlink: (tx: WriterTx, input: AskUnlink) => askUnlinkRightly(tx, kinds, input),
}
