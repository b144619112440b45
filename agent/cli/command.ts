/** The command line: one file per command. Every command speaks sentences to people and, with `--json`, one object to programs. */
import type { ParseArgsConfig } from 'node:util'

/** Exit codes: fine · something is wrong, as said · the command was not understood · the agent does not run. */
export const exit = { fine: 0, trouble: 1, usage: 2, notRunning: 3 } as const

export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>

export type Output = {
  json: boolean
  /** A line for people; silent with `--json`. */
  say(line: string): void
  /** The whole answer for programs; silent without `--json`. */
  result(value: unknown): void
}

export type CliContext = { folder: string; values: Values; words: readonly string[]; out: Output; prompt: Prompt | null; now: () => number }

/** Asks a person; null where nobody sits there. */
export type Prompt = { ask(question: string, usual?: string): Promise<string>; askSecret(question: string): Promise<string>; close(): void }

export type CliCommand = {
  /** One line for the list of commands. */
  says: string
  /** What follows `tieback <name>`, and every option in a line of its own. */
  usage: string
  options: NonNullable<ParseArgsConfig['options']>
  run(context: CliContext): Promise<number>
}

/** Told to the person as it is, with exit code 2. */
export class UsageFault extends Error {
  override name = 'UsageFault'
}

/** An option as text; undefined when it was not given. */
export const textOf = (values: Values, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
