/** The command line: finds the command by its name, and says in a sentence what a person can do something about. */
import { parseArgs } from 'node:util'
import { Trouble } from '../../shared/problem.ts'
import { dataFolder } from '../settings/data-folder.ts'
import { SettingsFault } from '../settings/settings.ts'
import { version } from '../version.ts'
import { Refused } from './ask-agent.ts'
import { type CliCommand, exit, type Output, UsageFault } from './command.ts'
import { openPrompt } from './prompt.ts'

/** Every command; loaded when it is asked for. */
const commands: Record<string, () => Promise<CliCommand>> = {
  init: async () => (await import('./init.ts')).init,
  start: async () => (await import('./start.ts')).start,
  console: async () => (await import('./console.ts')).consoleCommand,
  status: async () => (await import('./status.ts')).status,
  'break-glass': async () => (await import('./break-glass.ts')).breakGlass,
  pair: async () => (await import('./pair.ts')).pair,
  sync: async () => (await import('./sync.ts')).sync,
  plan: async () => (await import('./plan.ts')).plan,
  complete: async () => (await import('./complete.ts')).complete,
  writing: async () => (await import('./writing.ts')).writing,
  problems: async () => (await import('./problems.ts')).problems,
  retry: async () => (await import('./retry.ts')).retry,
  confirm: async () => (await import('./confirm.ts')).confirm,
  match: async () => (await import('./match.ts')).match,
  map: async () => (await import('./map.ts')).map,
  archive: async () => (await import('./archive.ts')).archive,
  tls: async () => (await import('./tls.ts')).tls,
  doctor: async () => (await import('./doctor.ts')).doctor,
  settings: async () => (await import('./settings.ts')).settingsCommand,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  unlink: async () => (await import('./unlink.ts')).unlink,
  relink: async () => (await import('./relink.ts')).relink,
  evidence: async () => (await import('./evidence.ts')).evidence,
  audit: async () => (await import('./audit.ts')).audit,
  approver: async () => (await import('./approver.ts')).approver,
}

const everywhere = { data: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const

const outputOf = (json: boolean): Output => ({
  json,
  say: (line) => {
    if (!json) console.log(line)
  },
  result: (value) => {
    if (json) console.log(JSON.stringify(value))
  },
})

async function overview(): Promise<string> {
  const lines = await Promise.all(Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(11)} ${(await load()).says}`))
  return [
    `Tieback ${version}. Usage: tieback <command> [options]`,
    ...lines,
    '',
    'Every command takes --data FOLDER (or TIEBACK_HOME), --json and --help.',
  ].join('\n')
}

async function run([name, ...rest]: readonly string[]): Promise<number> {
  if (name === '--version') return said(version, exit.fine)
  const load = name === undefined ? undefined : commands[name]
  if (!load) return said(await overview(), name === undefined || name === '--help' || name === 'help' ? exit.fine : exit.usage)
  const command = await load()
  const { values, positionals } = parseArgs({ args: [...rest], options: { ...command.options, ...everywhere }, allowPositionals: true })
  if (values['help']) return said(`tieback ${command.usage}`, exit.fine)
  const out = outputOf(values['json'] === true)
  const prompt = out.json ? null : openPrompt()
  const folder = dataFolder(typeof values['data'] === 'string' ? values['data'] : undefined)
  return command.run({ folder, values, words: positionals, out, prompt, now: Date.now }).finally(() => prompt?.close())
}

function said(text: string, code: number): number {
  console.log(text)
  return code
}

/** The last place where anything is caught: what a person can do something about is told in a sentence, the rest with its trace. */
function failed(error: unknown): number {
  const code = (error as { code?: unknown }).code
  if (error instanceof UsageFault || String(code).startsWith('ERR_PARSE_ARGS')) return told(error, exit.usage)
  if (error instanceof Refused || error instanceof SettingsFault || error instanceof Trouble) return told(error, exit.trouble)
  console.error(error)
  return exit.trouble
}

function told(error: unknown, code: number): number {
  const message = error instanceof Error ? error.message : String(error)
  if (process.argv.includes('--json')) console.log(JSON.stringify({ error: message }))
  console.error(message)
  return code
}

process.exitCode = await run(process.argv.slice(2)).catch(failed)
