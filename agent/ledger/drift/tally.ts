import type { Column } from '../../formats/format.ts'
import type { Fields } from '../content.ts'
import { type Rule, rules } from './rules.ts'

/** What the columns of a file are, by field. */
export type Types = Readonly<Record<string, Column['type']>>

/** A known record this file says something else of. */
export type Changed = { line: number; key: string; before: Fields; after: Fields }

/** How a column is thought to have changed, and the first record that shows it. */
export type Drifted = {
  field: string
  drift: Rule['drift'] | 'gone'
  example: { line: number; key: string; was: string; now: string; from: string }
  doubts: Rule['doubts']
}

type Suspect = { rule: Rule; field: string; from: string; made: number; kept: number; example: Drifted['example'] }

/** Counts, field by field, how many known records changed as each rule says, and how many speak against it. */
export class Tally {
  readonly #types: Types
  readonly #suspects = new Map<string, Suspect>()

  constructor(types: Types) {
    this.#types = types
  }

  /** First of all: what looks like it. */
  add({ line, key, before, after }: Changed): void {
    for (const [field, type] of Object.entries(this.#types)) {
      if (before[field] === after[field]) continue
      for (const rule of rules) {
        const from = rule.types.includes(type) ? rule.made(before, after, field) : null
        if (from === null) continue
        const name = [rule.drift, field, from].join(' ')
        const example = { line, key, was: before[field] ?? '', now: after[field] ?? '', from }
        const known = this.#suspects.get(name) ?? { rule, field, from, made: 0, kept: 0, example }
        known.made += 1
        this.#suspects.set(name, known)
      }
    }
  }

  /** Nothing more looks like it: what too few records show is no suspicion. True where none is left. */
  weigh(): boolean {
    for (const [name, { rule, made }] of this.#suspects) if (made < rule.least) this.#suspects.delete(name)
    return this.#suspects.size === 0
  }

  /** Then what speaks against it: records whose value was left, or changed otherwise. True once nothing is suspected any more. */
  against({ before, after }: Pick<Changed, 'before' | 'after'>): boolean {
    for (const [name, suspect] of this.#suspects) {
      const { rule, field, from } = suspect
      if (!rule.touches(before, field, from) || rule.made(before, after, field) === from) continue
      suspect.kept += 1
      if (!rule.rare || suspect.kept >= suspect.made) this.#suspects.delete(name)
    }
    return this.#suspects.size === 0
  }

  /** One for each column, by the strongest rule that holds. */
  drifted(): Drifted[] {
    const found = new Map<string, Drifted>()
    const inOrder = [...this.#suspects.values()].sort((a, b) => rules.indexOf(a.rule) - rules.indexOf(b.rule) || b.made - a.made)
    for (const { rule, field, example } of inOrder)
      if (!found.has(field)) found.set(field, { field, drift: rule.drift, example, doubts: rule.doubts })
    return [...found.values()]
  }
}
