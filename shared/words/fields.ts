import type { Words } from './languages.ts'
import { sayCode } from './say.ts'
import { listed } from './when.ts'

/** A field by its name in the reader's language; one that a mapping made up is shown as it is called there. */
export const fieldName = (field: string, words: Words): string =>
  sayCode(words, 'field', field, sayCode(words, 'field', field.replaceAll('_', '-'), field.replaceAll(/[-_]/g, ' ')))

/** Fields in a row, or a dash for none. */
export const fieldNames = (fields: readonly string[], words: Words): string =>
  fields.length === 0
    ? '–'
    : listed(
        fields.map((field) => fieldName(field, words)),
        words.locale,
      )
