import { resolve } from 'node:path'
import { restore as putBack } from '../ledger/restore.ts'
import { inFolder } from '../settings/data-folder.ts'
import { backupsIn, newestBackup } from './backups.ts'
import { type CliCommand, exit, UsageFault } from './command.ts'
import { requireSettings } from './open-agent.ts'

export const restore: CliCommand = {
  says: 'Put a backup in the ledger’s place, while the agent does not run; the ledger that was there is kept.',
  usage: 'restore [FILE]        FILE: the newest of backups/ in the data folder when not given',
  options: {},
  async run({ folder, out, words: [file], now }) {
    const settings = await requireSettings(folder)
    const backup = file === undefined ? await newestBackup(folder) : resolve(file)
    if (backup === null) throw new UsageFault(`There is no backup in ${backupsIn(folder)}. Name one: restore FILE.`)
    const { aside } = await putBack({ ledger: inFolder(folder, settings.data.ledger), backup, now: now() })
    out.say(`The ledger is as it was in ${backup}.`)
    if (aside !== null) out.say(`The one that was there lies in ${aside}; nothing reads it any more.`)
    out.say('At its next start the agent reads Procore and the exports anew and ties what carries its marks: nothing is sent twice.')
    out.result({ backup, aside })
    return exit.fine
  },
}
