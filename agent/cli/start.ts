import { once } from 'node:events'
import { connect } from 'node:net'
import { type CliCommand, exit } from './command.ts'
import { requireSettings } from './open-agent.ts'

export const start: CliCommand = {
  says: 'Run the agent until it is told to stop (Ctrl-C, SIGTERM).',
  usage: 'start                 SIGHUP opens the log file anew, after it was rotated',
  options: {},
  async run({ folder, out }) {
    const settings = await requireSettings(folder)
    const { port } = settings.data.listen
    if (port !== 0 && (await isTaken(port))) {
      out.say(`Something answers at port ${port} already. Is the agent running? “tieback status” tells.`)
      out.result({ started: false, reason: 'port in use', port })
      return exit.trouble
    }
    const { main } = await import('../main.ts')
    await main(folder, settings.data)
    return exit.fine
  },
}

/** Whether anything listens at this port here. A socket asks: the HTTP client would take a tenth of a second to load, at each start. */
async function isTaken(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' })
  return once(socket, 'connect')
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy())
}
