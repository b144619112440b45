import { describe, expect, it } from 'vitest'
import { httpFault } from '../../../../agent/connectors/http/settings.ts'
import { whatIsWrong } from '../../../../agent/connectors/http/what-is-wrong.ts'
import { fieldsOf, plainReading } from '../../../../agent/formats/plain.ts'
import { records } from '../../../../agent/formats/records/index.ts'
import { namesOfFields } from '../../../../agent/watched.ts'
import { entities } from '../../../../shared/item.ts'
import { text } from '../../../structure/sources.ts'

describe('the contract in the docs', () => {
  const page = text('docs/connector.md')
  it.each(entities)('names every field of %s, those that must be there in bold', (entity) => {
    const line = page.split('\n').find((one) => one.startsWith(`| \`${entity}\` |`)) ?? ''
    const told = [...line.matchAll(/(\*\*)?([a-z_0-9]+)(?:\*\*)?(?: \((\w+)\))?(?=,| \|$)/g)].map(([, bold, field, type]) => [
      field,
      bold !== undefined,
      type,
    ])
    expect(told).toEqual(
      records[entity].fields.map(({ field, type, required = false }) => [
        field,
        required,
        ['code', 'text'].includes(type) ? undefined : type,
      ]),
    )
  })
  it('holds the example as it is run', () => expect(page).toContain(text('docs/samples/connector.mjs')))
})

describe('what a connector describes', () => {
  const wrong = (entity: 'vendors' | 'jobs', fields: string[]) =>
    whatIsWrong({ protocol: 1, name: 'x', entities: [{ entity, fields }] }, 'http://localhost', { fieldsOf: namesOfFields })?.params?.[
      'field'
    ]
  it('is used where every field is one of theirs, and none that must be there is missing', () => {
    expect(wrong('vendors', [...fieldsOf('vendors').all])).toBeUndefined()
    expect(wrong('vendors', ['vendor', 'nmae'])).toBe('nmae')
    expect(wrong('vendors', ['vendor', 'vendor', 'name'])).toBe('vendor')
    expect(wrong('vendors', ['vendor'])).toBe('name')
  })
  it('is read by the same settings whichever fields it gives', () => {
    for (const entity of entities) expect(plainReading(entity).mappings[0]?.needs).toEqual(fieldsOf(entity).required)
  })
})

it.each([
  ['https://erp.example/tieback', null],
  ['http://localhost:4720', null],
  ['http://127.0.0.1:4720/x', null],
  ['http://[::1]:4720/', null],
  ['http://erp.example', 'url'],
  ['http://127.0.0.1.evil.example', 'url'],
  ['https://u:p@erp.example', 'url'],
  ['https://erp.example/#x', 'url'],
  ['nothing', 'url'],
])('the address %s: %s is wrong', (url, field) => expect(httpFault({ url })).toBe(field))
