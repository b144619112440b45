import { type CliContext, UsageFault } from './command.ts'

/** What an `unlink` does, by the flag that says so, and what else may be said with it. Without any of them it unlinks the one that is named. */
const acts: Record<string, readonly string[]> = {
  'all-ready': ['types', 'project', 'reason', 'look', 'yes'],
  'when-gone': ['days', 'reason'],
  cancel: [],
  snapshot: [],
}
const one: readonly string[] = ['with-children', 'reason', 'override', 'look']
/** Said beside any command. */
const everywhere: readonly string[] = ['data', 'json', 'help']

/** Throws a UsageFault naming flags that make no sense together: nothing was done then. */
export function requireSense(values: CliContext['values']): void {
  const said = Object.keys(values).filter((name) => values[name] !== undefined && values[name] !== false && !everywhere.includes(name))
  const act = Object.keys(acts).find((name) => said.includes(name))
  const may = act === undefined ? one : (acts[act] ?? [])
  const others = said.filter((name) => name !== act && !may.includes(name)).map((name) => `--${name}`)
  if (others.length > 0)
    throw new UsageFault(`${others.join(', ')} cannot be said with ${act ? `--${act}` : 'one record alone'}; nothing was done.`)
  if (said.includes('override') && said.includes('with-children'))
    throw new UsageFault(
      '--override cannot be said with --with-children: what has linked records under it is never overridden. Nothing was done.',
    )
}
