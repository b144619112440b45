import { setFlagsFromString } from 'node:v8'
import { type CliCommand, exit } from './command.ts'
import { answers, requireSettings } from './open-agent.ts'

/**
 * Answers live for milliseconds: little young memory holds them. Fifty screenfuls a second then need 166 MB instead of 250; still less
 * (2: 150 MB) costs pauses that one answer in a hundred waits for: 19 ms instead of 13 (measured 2026-11).
 */
const youngMemory = '--max-semi-space-size=8'

/** One dead share holds one of these; the default of four would stop all files, names and keys with it. Before the first file is read: later it counts for nothing. */
process.env['UV_THREADPOOL_SIZE'] ??= '16'

/**
 * Both are heard only at a process's very start: how large young memory may grow, and that the C library keeps what threads freed in two
 * places instead of one for each of two dozen threads (glibc; 4 MB at rest, measured 2026-11). So the process starts once more as itself,
 * under the same id. Windows knows no such thing: there the young memory of later threads alone is small.
 */
function startAnewWithLittleMemory(): void {
  const { platform, env, execPath, execArgv, argv } = process
  if (platform !== 'linux' || env['MALLOC_ARENA_MAX'] !== undefined) setFlagsFromString(youngMemory)
  else process.execve?.(execPath, [execPath, youngMemory, ...execArgv, ...argv.slice(1)], { ...env, MALLOC_ARENA_MAX: '2' })
}

export const start: CliCommand = {
  says: 'Run the agent until it is told to stop (Ctrl-C, SIGTERM).',
  usage: 'start                 SIGHUP opens the log file anew, after it was rotated',
  options: {},
  async run({ folder, out }) {
    startAnewWithLittleMemory()
    const settings = await requireSettings(folder)
    const { port } = settings.data.listen
    if (port !== 0 && (await answers(`http://127.0.0.1:${port}`))) {
      out.say(`Something answers at port ${port} already. Is the agent running? “tieback status” tells.`)
      out.result({ started: false, reason: 'port in use', port })
      return exit.trouble
    }
    const { main } = await import('../main.ts')
    await main(folder, settings.data)
    return exit.fine
  },
}
