import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openapi } from '../../agent/server/openapi.ts'
import { version } from '../../agent/version.ts'
import { type RouteName, routes } from '../../shared/api.ts'

const prose = readFileSync('shared/PROTOCOL.md', 'utf8')
const sections = new Map([...prose.matchAll(/^### (\w+)\n\n([\s\S]*?)(?=\n##|$(?![\s\S]))/gm)].map(([, name, text]) => [name, text ?? '']))
const names = Object.keys(routes) as RouteName[]

describe('the table', () => {
  it('holds each route of each noun, and none twice', () => {
    const nouns = readdirSync('shared/api').map((file) => readFileSync(`shared/api/${file}`, 'utf8'))
    const written = nouns.flatMap((text) => [...text.matchAll(/^ {2}(\w+): route\(/gm)].map(([, name]) => name))
    expect(written.sort()).toEqual([...names].sort())
  })
})

describe('PROTOCOL.md', () => {
  it.each(names)('tells of %s by method, path and role', (name) => {
    const { method, path, role } = routes[name]
    const who = role === 'anyone' ? (name === 'pair' ? 'with a code' : 'with a new key') : role
    expect(sections.get(name)).toMatch(new RegExp(`^\`${method} ${path.replace(/[{}]/g, '\\$&')}(\\?\\w+=)?\` · ${who}\\.`))
  })
  it('tells of nothing that is not in the table', () => {
    expect([...sections.keys()].filter((name) => !(names as string[]).includes(name ?? ''))).toEqual([])
  })
})

type Json = { [name: string]: unknown }
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const at = (of: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), of)

/** Where a reader of the earlier answer would no longer find what it was promised: a field gone, optional, or of another type. */
function lostInAnswer(before: unknown, now: unknown, where: string): string[] {
  if (!isObject(before)) return []
  if (!isObject(now)) return [where]
  if (JSON.stringify(before['type']) !== JSON.stringify(now['type'])) return [`${where}: ${before['type']} → ${now['type']}`]
  const fields = isObject(before['properties']) ? before['properties'] : {}
  const required = (of: Json) => (Array.isArray(of['required']) ? of['required'] : [])
  return [
    ...required(before)
      .filter((name) => !required(now).includes(name))
      .map((name) => `${where}.${name} is no longer always there`),
    ...Object.entries(fields).flatMap(([name, field]) => lostInAnswer(field, at(now, 'properties', name), `${where}.${name}`)),
    ...lostInAnswer(before['items'], now['items'], `${where}[]`),
    ...(['anyOf', 'prefixItems'] as const).flatMap((many) =>
      (Array.isArray(before[many]) ? before[many] : []).flatMap((one, n) =>
        lostInAnswer(one, Array.isArray(now[many]) ? now[many][n] : undefined, `${where}|${n}`),
      ),
    ),
  ]
}

/** Where a call that used to be fine would be refused: a field newly required, or one no longer known. */
function refusedInCall(before: unknown, now: unknown, where: string): string[] {
  if (!isObject(before) || !isObject(now))
    return before === undefined && at(now, 'required') !== undefined ? [`${where} is new and required`] : []
  const required = (of: Json) => (Array.isArray(of['required']) ? of['required'] : [])
  const fields = isObject(before['properties']) ? before['properties'] : {}
  return [
    ...required(now)
      .filter((name) => !required(before).includes(name))
      .map((name) => `${where}.${name} is newly required`),
    ...Object.keys(fields)
      .filter((name) => !isObject(at(now, 'properties', name)) && at(now, 'properties', name) !== true)
      .map((name) => `${where}.${name} is gone`),
    ...Object.entries(fields).flatMap(([name, field]) => refusedInCall(field, at(now, 'properties', name), `${where}.${name}`)),
  ]
}

const answerOf = (operation: unknown) =>
  Object.values((at(operation, 'responses', '200', 'content') as Json) ?? {}).map((of) => at(of, 'schema'))[0]
const bodyOf = (operation: unknown) => at(operation, 'requestBody', 'content', 'application/json', 'schema')

function broken(before: Json, now: Json): string[] {
  const operations = Object.entries(before['paths'] as Json).flatMap(([path, of]) =>
    Object.entries(of as Json).map(([method, operation]) => ({ path, method, operation })),
  )
  return operations.flatMap(({ path, method, operation }) => {
    const today = at(now, 'paths', path, method)
    if (!today) return [`${method} ${path} is gone`]
    return [
      ...lostInAnswer(answerOf(operation), answerOf(today), `${method} ${path} →`),
      ...refusedInCall(bodyOf(operation), bodyOf(today), `${method} ${path} ←`),
    ]
  })
}

describe('what was promised in a release', () => {
  const kept = JSON.parse(readFileSync('test/shared/protocol/openapi-0.1.0.json', 'utf8')) as Json
  const now = JSON.parse(JSON.stringify(openapi(version))) as Json

  it('0.1.0 still holds', () => expect(broken(kept, now)).toEqual([]))
  it('a field taken away would be noticed', () => {
    const without = structuredClone(now)
    const schema = answerOf(at(without, 'paths', '/status', 'post')) as { properties: Json; required: string[] }
    delete schema.properties['event']
    schema.required = schema.required.filter((name) => name !== 'event')
    expect(broken(kept, without)).toEqual(['post /status →.event is no longer always there', 'post /status →.event'])
  })
  it('a new demand on callers would be noticed', () => {
    const more = structuredClone(now)
    const schema = bodyOf(at(more, 'paths', '/status', 'post')) as { required: string[] }
    schema.required = [...schema.required, 'reason']
    expect(broken(kept, more)).toEqual(['post /status ←.reason is newly required'])
  })
  it('a route taken away would be noticed', () => {
    const fewer = structuredClone(now)
    delete (fewer['paths'] as Json)['/runs']
    expect(broken(kept, fewer)).toEqual(['get /runs is gone'])
  })
})
