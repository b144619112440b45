import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { type closedValues, valueCodes } from '../../shared/problems/values.ts'
import { english } from '../../shared/words/english.ts'
import { isProse } from '../../shared/words/say-value.ts'
import { isSource, text, tracked } from './sources.ts'

/**
 * Prose given to a problem would stand in English in everybody's sentence: what the code gives are codes with words in every language
 * (shared/problems/values.ts), names, numbers, moments, and what others said.
 */
type Node = { type: string; start: number; end: number; [key: string]: unknown }

/** Calls that make a problem, or a part of one. */
const makers = new Set(['problem', 'refuse', 'refused', 'refusal', 'mismatch', 'no'])
const sources = tracked().filter((path) => /^(?:agent|shared|extension)\//.test(path) && isSource(path))

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value
const children = (node: Node): Node[] =>
  Object.values(node)
    .flatMap((one) => (Array.isArray(one) ? one : [one]))
    .filter(isNode)
/** All in a node but what it asks the ledger in SQL. */
const within = (node: Node): Node[] => (isQuery(node) ? [] : [node, ...children(node).flatMap(within)])
const isQuery = ({ type, callee }: Node): boolean => type === 'CallExpression' && isNode(callee) && nameOf(callee['property']) === 'prepare'
const nameOf = (node: unknown): unknown => (isNode(node) ? (node['name'] ?? node['value']) : undefined)

/** The texts a program gives to problems: in calls that make one, and under `params` beside a code. */
function given(path: string, source: string): { code: unknown; name: unknown; text: string; direct: boolean }[] {
  const all = within(parseSync(path, source).program as unknown as Node)
  const calls = all.filter((node) => node.type === 'CallExpression' && makers.has(String(nameOf(node['callee']))))
  const args = calls.flatMap((call) => {
    const [first, ...rest] = call['arguments'] as Node[]
    const isProblem = nameOf(call['callee']) === 'problem'
    return (isProblem ? rest : [first, ...rest])
      .slice(0, 3)
      .filter(isNode)
      .flatMap((one) => textsIn(one, isProblem ? nameOf(first) : undefined))
  })
  const told = all
    .filter((node) => node.type === 'ObjectExpression')
    .flatMap((node) => {
      const at = (name: string): unknown => (node['properties'] as Node[]).find((one) => nameOf(one['key']) === name)?.['value']
      const params = at('params')
      return at('code') !== undefined && isNode(params) ? textsIn(params, nameOf(at('code'))) : []
    })
  return [...args, ...told]
}

function textsIn(argument: Node, code: unknown): ReturnType<typeof given> {
  const properties = argument.type === 'ObjectExpression' ? (argument['properties'] as Node[]) : []
  const named = properties.map((one) => ({ name: nameOf(one['key']), value: one['value'] as Node }))
  const direct = named.filter(({ value }) => value?.type === 'Literal' && typeof value['value'] === 'string')
  const all = within(argument).flatMap((node) => {
    if (node.type === 'Literal' && typeof node['value'] === 'string') return [node['value']]
    if (node.type !== 'TemplateLiteral') return []
    // What is filled in counts as a word: “file ${id} does not wait”.
    return [(node['quasis'] as Node[]).map((part) => (part['value'] as { cooked: string }).cooked).join('0')]
  })
  return [
    ...all.map((one) => ({ code, name: undefined, text: one, direct: false })),
    ...direct.map(({ name, value }) => ({ code, name, text: String(value['value']), direct: true })),
  ]
}

const inSources = sources.flatMap((path) => given(path, text(path)).map((one) => ({ path, ...one })))

describe('what a problem is filled with', () => {
  it('is no prose', () => {
    expect(inSources.length).toBeGreaterThan(100)
    expect(inSources.filter((one) => isProse(one.text)).map(({ path, text }) => `${path}: ${text}`)).toEqual([])
  })

  it('is one of its codes where it takes codes and is given by hand', () => {
    const chosen = inSources
      .filter(({ direct }) => direct)
      .flatMap((one) => {
        const kind = english.values[String(one.code)]?.[String(one.name)]
        return kind === undefined ? [] : [{ ...one, kind }]
      })
    expect(chosen.length).toBeGreaterThan(20)
    expect(chosen.filter(({ kind, text }) => !valueCodes[kind].includes(text) && kind !== 'field')).toEqual([])
  })

  it('is of a kind some problem has', () => {
    const used = new Set(Object.values(english.values).flatMap((kinds) => Object.values(kinds)))
    expect(Object.keys(valueCodes).filter((kind) => !used.has(kind as keyof typeof closedValues))).toEqual([])
  })

  it.each([
    "problem('file-unknown', { file, suggestion: near ? 'none' : 'No header row was found.' })",
    "problem('request-refused', { reason: `file does not wait` })",
    "refuse(404, 'no such run')",
    "const told = { problem: { code: 'request-refused', params: { reason: 'no answer' } } }",
  ])('would be caught in %s', (source) => expect(given('a.ts', source).some((one) => isProse(one.text))).toBe(true))
})
