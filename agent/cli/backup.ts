import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { backUp } from '../ledger/backup.ts'
import { inFolder } from '../settings/data-folder.ts'
import { backupName, backupsIn } from './backups.ts'
import { type CliCommand, exit } from './command.ts'
import { makeFolder, requireSettings } from './open-agent.ts'

export const backup: CliCommand = {
  says: 'Copy the ledger, while the agent works or not; the copy is looked through to its last page.',
  usage: 'backup [FILE]         FILE: backups/ledger-<time>.db in the data folder when not given',
  options: {},
  async run({ folder, out, words: [file], now }) {
    const settings = await requireSettings(folder)
    const to = file === undefined ? join(backupsIn(folder), backupName(now())) : resolve(file)
    await makeFolder(dirname(to))
    await backUp(inFolder(folder, settings.data.ledger), to)
    const { size } = await stat(to)
    out.say(`The ledger was copied to ${to} (${(size / 1_000_000).toFixed(1)} MB) and the copy is whole. Keep it on another disk too.`)
    out.result({ file: to, bytes: size })
    return exit.fine
  },
}
