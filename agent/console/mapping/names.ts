/** What entities and fields of a mapping are called: by Tieback's words, or as hh2 names what Tieback does not have. */
import type { MappedEntity, MappedField } from '../../../shared/api/mappings.ts'
import { fieldName } from '../../../shared/words/fields.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { sayCode } from '../../../shared/words/say.ts'
import { listed } from '../../../shared/words/when.ts'

export const nameOf = ({ id, entity, hh2 }: MappedEntity, words: Words): string =>
  entity === null ? (hh2 ?? id) : sayCode(words, 'entity', entity)

export const nameOfField = ({ field, hh2 }: MappedField, words: Words): string => hh2 ?? fieldName(field, words)

/** Fields of an entity by their names. */
export const fieldsNamed = ({ fields }: MappedEntity, names: readonly string[], words: Words): string =>
  listed(
    fields.flatMap((one) => (names.includes(one.field) ? [nameOfField(one, words)] : [])),
    words.locale,
  )
