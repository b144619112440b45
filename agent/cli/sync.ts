import { setTimeout as pause } from 'node:timers/promises'
import type { RunShape, ScheduleEntryShape } from '../../shared/api/runs.ts'
import type { Ask } from './ask-agent.ts'
import { type CliCommand, exit, textOf, UsageFault } from './command.ts'
import { openAgent } from './open-agent.ts'

const patienceMs = 10 * 60_000

export const sync: CliCommand = {
  says: 'Look into the export folder and ask Procore now, and tell what came of it.',
  usage: `sync [--connection ID] [--no-wait]
  --no-wait   only starts it and prints the run`,
  options: { connection: { type: 'string' }, 'no-wait': { type: 'boolean' } },
  async run({ folder, values, out, now }) {
    const { running, ask, close } = await openAgent(folder)
    try {
      if (!running) {
        out.say('The agent does not run. Start it: tieback start')
        out.result({ running })
        return exit.notRunning
      }
      const only = textOf(values, 'connection')
      const entries = (await ask('schedule')).entries.filter(({ connection }) => only === undefined || connection === only)
      if (entries.length === 0) throw new UsageFault('There is nothing to run. “tieback status” lists the connections.')
      const runs: RunShape[] = []
      for (const entry of entries) {
        const run = await runOne(ask, entry, values['no-wait'] === true ? 0 : patienceMs, now)
        out.say(`${entry.name} of connection ${entry.connection}: run ${run.id} ${run.state} ${sayCounts(run)}`)
        runs.push(run)
      }
      out.result({ runs })
      return runs.some(({ state }) => state === 'failed') ? exit.trouble : exit.fine
    } finally {
      close()
    }
  },
}

async function runOne(ask: Ask, { id }: ScheduleEntryShape, patience: number, now: () => number): Promise<RunShape> {
  const { run } = await ask('runNow', { params: { id }, body: {} })
  const until = now() + patience
  for (;;) {
    const { run: shown } = await ask('run', { params: { id: run } })
    if (shown.endedAt !== null || now() >= until) return shown
    await pause(250)
  }
}

const sayCounts = ({ counts }: RunShape): string =>
  Object.entries(counts)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
