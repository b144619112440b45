import { setFlagsFromString } from 'node:v8'
import { type CliCommand, exit } from './command.ts'
import { answers, requireSettings } from './open-agent.ts'

/**
 * Answers live for milliseconds: little young memory holds them, and what they leave is collected early. Fifty screenfuls a second
 * then need 160 MB instead of 250 (measured 2026-11).
 */
const memory = '--max-semi-space-size=8 --memory-saver-mode'

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
    return main(folder)
  },
}
