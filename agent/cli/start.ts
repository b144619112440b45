import { setFlagsFromString } from 'node:v8'
import { type CliCommand, exit } from './command.ts'
import { answers, requireSettings } from './open-agent.ts'

/**
 * Answers live for milliseconds: little young memory holds them. Fifty screenfuls a second then need 190 MB instead of 250; saving more
 * (`--memory-saver-mode`: 160 MB) costs pauses that one answer in a hundred waits for (measured 2026-11).
 */
const memory = '--max-semi-space-size=4'

/** One dead share holds one of these; the default of four would stop all files, names and keys with it. Before the first file is read: later it counts for nothing. */
process.env['UV_THREADPOOL_SIZE'] ??= '16'

/**
 * The C library keeps what each of two dozen threads freed in a place of that thread's own, and hears only at a process's very start that two
 * places do: at rest 97 MB are held instead of 101 (measured 2026-11, glibc). So the process starts once more as itself, under the same id;
 * Windows knows no such thing and needs none.
 */
function withFewArenas(): void {
  if (process.platform !== 'linux' || process.env['MALLOC_ARENA_MAX'] !== undefined) return
  const words = [process.execPath, ...process.execArgv, ...process.argv.slice(1)]
  process.execve?.(process.execPath, words, { ...process.env, MALLOC_ARENA_MAX: '2' })
}

export const start: CliCommand = {
  says: 'Run the agent until it is told to stop (Ctrl-C, SIGTERM).',
  usage: 'start                 SIGHUP opens the log file anew, after it was rotated',
  options: {},
  async run({ folder, out }) {
    withFewArenas()
    const settings = await requireSettings(folder)
    const { port } = settings.data.listen
    if (port !== 0 && (await answers(`http://127.0.0.1:${port}`))) {
      out.say(`Something answers at port ${port} already. Is the agent running? “tieback status” tells.`)
      out.result({ started: false, reason: 'port in use', port })
      return exit.trouble
    }
    setFlagsFromString(memory)
    const { main } = await import('../main.ts')
    await main(folder, settings.data)
    return exit.fine
  },
}
