import { logLevels, type SettingsAnswer } from '../../shared/api/settings.ts'
import type { Ask } from './ask-agent.ts'
import { type CliCommand, exit, type Output, textOf, UsageFault, type Values } from './command.ts'
import { openAgent } from './open-agent.ts'

const usage = 'settings [--log-level LEVEL] [--backup-at HH:MM [--backup-keep N] | --backup-off]'

/** Of the daily backups, where nothing else is said. */
const keepUsually = 14

export const settingsCommand: CliCommand = {
  says: 'How much the running agent logs, and its backups every day: look, set.',
  usage: `${usage}
  --log-level     error, warn, info or debug; debug falls back after an hour
  --backup-at     a backup every day at this time of the server’s clock
  --backup-keep   how many of these are kept (${keepUsually}); one made on demand is never taken away
  --backup-off    none by itself`,
  options: {
    'log-level': { type: 'string' },
    'backup-at': { type: 'string' },
    'backup-keep': { type: 'string' },
    'backup-off': { type: 'boolean' },
  },
  async run({ folder, out, values }) {
    const { ask, close } = await openAgent(folder)
    try {
      await setLog(ask, textOf(values, 'log-level'))
      await setBackups(ask, values)
      const settings = await ask('settings')
      say(out, settings)
      out.result(settings)
      return exit.fine
    } finally {
      close()
    }
  },
}

async function setLog(ask: Ask, asked: string | undefined): Promise<void> {
  if (asked === undefined) return
  const level = logLevels.find((one) => one === asked)
  if (!level) throw new UsageFault(`--log-level is one of ${logLevels.join(', ')}.`)
  await ask('setLogLevel', { body: { level } })
}

async function setBackups(ask: Ask, values: Values): Promise<void> {
  const [at, keep] = [textOf(values, 'backup-at'), textOf(values, 'backup-keep')]
  if (values['backup-off'] === true) return void (await ask('setBackups', { body: { daily: null } }))
  if (at === undefined && keep === undefined) return
  const { daily } = (await ask('settings')).backup
  const wanted = { at: at ?? daily?.at ?? '', keep: Number(keep ?? daily?.keep ?? keepUsually) }
  if (!/^\d\d:\d\d$/.test(wanted.at) || !(wanted.keep >= 1)) throw new UsageFault(usage)
  await ask('setBackups', { body: { daily: wanted } })
}

function say(out: Output, { log, backup }: SettingsAnswer): void {
  out.say(`log: ${log.level}${log.until ? ` until ${log.until}, then ${log.after}` : ''}, to ${log.file ?? 'standard output'}`)
  const { daily, next, made, failed, files, folder } = backup
  out.say(daily ? `backup: every day at ${daily.at}, ${daily.keep} kept; next ${next}` : 'backup: none by itself; --backup-at HH:MM')
  out.say(`${files.length} backups in ${folder}${made ? `; last good one as of ${made.asOf}` : ''}`)
  if (failed && !(made && made.asOf > failed.at)) out.say(`The last try failed (${failed.at}): ${failed.reason}`)
}
