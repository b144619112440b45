import { waitFor } from '../support/wait-for.ts'
import type { DemoAgent } from './agent.ts'
import { type Books, type Exported, exported } from './books.ts'

/** Drops every export and waits until the agent took each. */
export async function dropAll({ process, ask }: DemoAgent, books: Books): Promise<void> {
  const taken = new Set<string>()
  const stop = process.onLine(({ msg, file }) => {
    if (msg === 'file-taken') taken.add(String(file))
  })
  for (const table of exported) await books.export(table)
  await waitFor('every export is taken', () => exported.every((table) => taken.has(`${table}.csv`)), {
    shows: async () => ({ taken: [...taken], problems: (await ask('problems', { query: {} })).groups.slice(0, 5) }),
  })
  stop()
}

/** Exports one table again and waits until the agent took it. */
export async function exportAgain({ process }: DemoAgent, books: Books, table: Exported): Promise<void> {
  let taken = false
  const stop = process.onLine(({ msg, file }) => {
    if (msg === 'file-taken' && file === `${table}.csv`) taken = true
  })
  await books.export(table)
  await waitFor(`${table}.csv is taken`, () => taken)
  stop()
}
