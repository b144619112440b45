import { setFlagsFromString } from 'node:v8'
import { type CliCommand, exit } from './command.ts'
import { answers, requireSettings } from './open-agent.ts'

/** Answers live for milliseconds: a few megabytes of young memory hold them, where Node would let it grow to sixty (measured 2026-11). */
const youngGeneration = '--max-semi-space-size=8'

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
    setFlagsFromString(youngGeneration)
    const { main } = await import('../main.ts')
    return main(folder)
  },
}
