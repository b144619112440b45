import { describe, expect, it } from 'vitest'
import { type ProblemCode, problems } from '../../../shared/problem.ts'
import type { ProblemKind } from '../../../shared/problems/kind.ts'
import { valueCodes } from '../../../shared/problems/values.ts'
import { wordsFor } from '../../../shared/words/index.ts'
import { languages } from '../../../shared/words/languages.ts'
import { sayTold } from '../../../shared/words/say-problem.ts'

const all = Object.entries<ProblemKind>(problems)
const german = wordsFor('de')
const says = (code: ProblemCode, params?: Record<string, string | number>, language = 'de'): string => {
  const told = sayTold(wordsFor(language), { code, params })
  return `${told.says} ${told.next}`
}

describe.each(languages)('what problems are filled with, in %s', (language) => {
  const { texts } = wordsFor(language)
  const wordOf = (kind: string, code: string): string | undefined => (texts as Record<string, string>)[`${kind}.${code}`]
  const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  const filledWith = (text: string, more: Record<string, string>) => ({
    ...Object.fromEntries(holes(text).map((name) => [name, '7'])),
    ...more,
  })

  it('has a word for every code', () => {
    const codes = Object.entries(valueCodes).flatMap(([kind, list]) => list.map((code) => ({ kind, code })))
    expect(codes.filter(({ kind, code }) => !wordOf(kind, code)?.trim())).toEqual([])
  })

  it('leaves no hole, and shows no code', () => {
    const wrong = all.flatMap(([code, kind]) =>
      Object.entries(kind.values ?? {}).flatMap(([name, of]) =>
        valueCodes[of].flatMap((value) => {
          const word = wordOf(of, value) ?? ''
          const told = says(code as ProblemCode, filledWith(`${kind.says} ${kind.do} ${word}`, { [name]: value }), language)
          return /[{}]/.test(told) || (value.includes('-') && told.includes(value)) ? [told] : []
        }),
      ),
    )
    expect(wrong).toEqual([])
  })

  it('says that something is empty, rather than nothing', () => {
    const wrong = all.flatMap(([code, kind]) => {
      const names = holes(`${kind.says} ${kind.do}`)
      const told = says(code as ProblemCode, Object.fromEntries(names.map((name) => [name, ''])), language)
      const full = says(code as ProblemCode, Object.fromEntries(names.map((name) => [name, 'x'])), language)
      const isEmpty = (text: string): boolean => /\(\s*\)|“”|„“|«\s*»|\s{2}|^[\s,.:]/u.test(text)
      return /[{}]/.test(told) || isEmpty(told) || (names.length > 0 && told.length < full.length) ? [told] : []
    })
    expect(wrong).toEqual([])
  })
})

describe('a problem', () => {
  it('tells what comes nearest in the reader’s language', () => {
    const near = { file: 'a.csv', suggestion: 'format', title: 'Vendors', missing: 'Name' }
    expect(says('file-unknown', near)).toContain('Am nächsten kommt Vendors; es fehlt: Name.')
    expect(says('file-unknown', { file: 'a.csv', suggestion: 'no-header' }, 'fr-FR')).toContain('Aucune ligne d’en-tête')
  })

  it('tells several codes, and one that says what it is of', () => {
    expect(says('file-mixed-delimiter', { file: 'a.csv', delimiters: 'comma, pipe' })).toContain('Komma, senkrechter Strich')
    expect(says('match-to-confirm', { key: 'ACME', item: 'Acme', why: 'vendor-name:acme' })).toContain('(gleicher Name)')
  })

  it('quotes what others said, and what an older agent wrote in English', () => {
    expect(says('run-failed', { reason: 'fetch failed', when: 'the next start' })).toBe(
      'Der Lauf brach ab: „fetch failed“. Nächster Versuch „the next start“. Bleibt es dabei, uns das Support-Paket senden.',
    )
    expect(says('value-unsendable', { field: 'due_date', text: '2026-13-01', why: 'not a date yyyy-mm-dd' })).toContain(
      '„not a date yyyy-mm-dd“',
    )
    expect(says('procore-refused', { item: 'the big one', text: 'Number is taken' })).toContain(
      'Procore hat the big one abgelehnt: Number is taken',
    )
  })

  it('leaves names, numbers and error codes as they are', () => {
    expect(says('file-unreadable', { file: 'all costs.csv', reason: 'EBUSY' })).toContain('all costs.csv ließ sich nicht öffnen: EBUSY.')
    expect(says('procore-down', { reason: 'HTTP 503', when: '14:05' })).toContain('(HTTP 503)')
  })

  it('with no time yet says that it is tried again later', () => {
    expect(says('procore-down', { reason: 'login-answered', status: 503 })).toBe(
      'Procore antwortet nicht (die Anmeldeadresse antwortete 503). Nichts ist verloren. Nächster Versuch später, von selbst.',
    )
  })

  it('names a field as everywhere', () => {
    expect(says('not-comparable', { field: 'amount' })).toMatch(/^Betrag beruht/)
    expect(says('value-missing', { key: '4711', field: 'name' })).toMatch(/^4711: Name ist leer/)
    expect(german.texts['field.rate']).toBe('Satz')
  })

  it('stored with an empty line shows that it is empty', () => {
    expect(says('key-missing', { line: '', column: 'Name' })).toMatch(/^Zeile \(leer\): Name ist leer/)
  })
})
