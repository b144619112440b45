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

export const start: CliCommand = {
  says: 'Run the agent until it is told to stop (Ctrl-C, SIGTERM).',
  usage: 'start                 SIGHUP opens the log file anew, after it was rotated',
  options: {},
  async run({ folder, out }) {
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
