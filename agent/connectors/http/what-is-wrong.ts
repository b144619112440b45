import { type Problem, problem } from '../../../shared/problem.ts'
import type { Knows } from '../connector.ts'
import type { Described } from './contract.ts'

/** The first field of a description that no such record has, or that one lacks without which there is none; null where it can be used. */
export function whatIsWrong({ entities }: Described, url: string, { fieldsOf }: Pick<Knows, 'fieldsOf'>): Problem | null {
  for (const { entity, fields } of entities) {
    const { all, required } = fieldsOf(entity)
    const field =
      fields.find((one, at) => !all.includes(one) || fields.indexOf(one) !== at) ?? required.find((one) => !fields.includes(one))
    if (field !== undefined) return problem('connector-field', { url, entity, field })
  }
  return null
}
