/** The short commands of the ledger itself; other parts bring their own (writer.ts lists them all). */
export const ledgerCommands = {}
