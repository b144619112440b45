import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProblemGroup } from '../../../shared/api/problems.ts'
import { entities } from '../../../shared/item.ts'
import { linkStates, moveReasons } from '../../../shared/link-state.ts'
import { problems } from '../../../shared/problem.ts'
import { problemRoles } from '../../../shared/problems/kind.ts'
import type { WordKey } from '../../../shared/words/en.ts'
import { wordsFor } from '../../../shared/words/index.ts'
import { languageOf, languages } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { sayCause, sayWho } from '../../../shared/words/say-group.ts'
import { sayTold, sayWhole } from '../../../shared/words/say-problem.ts'

const english = wordsFor('en')
const names = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted()

describe.each(languages)('the words of %s', (language) => {
  const words = wordsFor(language)

  it('say everything English says', () => {
    expect(Object.keys(words.texts).toSorted()).toEqual(Object.keys(english.texts).toSorted())
    expect(Object.values(words.texts).filter((text) => text.trim() === '')).toEqual([])
  })

  it('leave out no name a sentence is filled with', () => {
    const wrong = Object.entries(english.texts).filter(
      ([key, text]) => names(text).join() !== names(words.texts[key as keyof typeof words.texts]).join(),
    )
    expect(wrong.map(([key]) => key)).toEqual([])
  })

  it('tell every problem and what to do about it', () => {
    expect(Object.keys(words.problems).toSorted()).toEqual(Object.keys(problems).toSorted())
    for (const [code, [says, next]] of Object.entries(words.problems)) {
      const [was, then] = english.problems[code] ?? ['', '']
      expect([code, names(says), names(next)]).toEqual([code, names(was), names(then)])
    }
  })

  it('leave nothing in English, and every kind of record has its name', () => {
    const all = [...Object.values(words.texts), ...Object.values(words.problems).flat()]
    const left = all.filter((text) => /\b(?:the|and|with|not|this|again|which|from)\b/i.test(text))
    expect(language.startsWith('en') ? [] : left).toEqual([])
    for (const entity of entities) expect(words.texts[`entity.${entity}`]).toMatch(/\S/)
  })

  it('has a word for everyone who can put something right', () => {
    for (const role of problemRoles) expect(words.texts[`who.${role}`]).toMatch(/\S/)
  })

  it('has a word for every reason a link moves for', () => {
    for (const reason of moveReasons) expect(words.texts[`why.${reason}`]).toMatch(/\S/)
  })

  it('has words for headings that stay short; those of lists are measured in browsers', () => {
    const longest = Math.max(...linkStates.map((state) => words.texts[`state.${state}`].length))
    expect(longest).toBeLessThanOrEqual(language.startsWith('en') ? 21 : 19) // English is given by the design
  })
})

describe('a cause with many records', () => {
  const group = (code: string, params: Record<string, string>, more: Partial<ProblemGroup> = {}): ProblemGroup => ({
    ...{ cause: code, count: 214, connection: '1', since: '2026-11-20T14:00:00Z', items: [] },
    problem: { code, next: 'fix-data', params, says: 'Says.', do: 'Does.' },
    kinds: [{ entity: 'jc-transactions', count: 214 }],
    ...more,
  })
  const missing = (more?: Partial<ProblemGroup>) => group('cost-code-missing', { project: '2203', code: '03-3000' }, more)
  const project = { id: '7', number: '2203', name: 'Library refit' }

  it('is one plain sentence: how many of which kind wait for what, in which project', () => {
    expect(sayCause(english, missing({ project })).says).toBe('214 job costs wait for cost code 03-3000 in project 2203 Library refit.')
    expect(sayCause(wordsFor('de'), missing()).says).toBe('214 Auftragskosten warten auf Kostenschlüssel 03-3000 im Projekt 2203.')
  })
  it('names each kind of record', () => {
    const kinds = [
      { entity: 'vendors', count: 38 },
      { entity: 'commitments', count: 4 },
    ]
    expect(sayCause(english, group('match-to-confirm', {}, { count: 42, kinds })).says).toMatch(/^38 vendors and 4 commitments look like/)
  })
  it('of one record, of an older agent, or without a sentence for many tells of the first', () => {
    expect(sayCause(english, missing({ count: 1 })).says).toBe('Project 2203 has no cost code 03-3000.')
    expect(sayCause(english, missing({ kinds: [] })).says).toBe('Project 2203 has no cost code 03-3000.')
    expect(sayCause(english, group('of-tomorrow', {})).says).toBe('Says.')
    expect(sayWho(english, missing())).toBeNull()
  })
  it('every such sentence belongs to a problem there is', () => {
    const many = Object.keys(english.texts).flatMap((key) => (key.startsWith('many.') ? [key.slice(5)] : []))
    expect(many.filter((code) => !(code in problems))).toEqual([])
  })
})

describe('the language of a reader', () => {
  it.each([
    ['en-GB', 'en-GB'],
    ['en-AU', 'en'],
    ['en-x-owners', 'en'],
    ['en-GB-specialty', 'en-GB'],
    ['fr_CA', 'fr-CA'],
    ['FR-ca-owners', 'fr-CA'],
    ['fr-BE', 'fr-FR'],
    ['de-DE', 'de'],
    ['fr', 'fr-FR'],
    ['fr-CA', 'fr-CA'],
    ['es-ES', 'es-ES'],
    ['es-419', 'es'],
    ['es-MX', 'es'],
    ['pt-BR', 'en'],
  ])('%s reads %s', (locale, language) => expect(languageOf(locale)).toBe(language))

  it('keeps the finer locale for times and numbers', () => expect(wordsFor('en-GB').locale).toBe('en-GB'))
  it('drops what is not a language and a region, before Intl hears of it', () => {
    expect(['de-x', 'en-x-owners', 'fr-CA-specialty', 'owners'].map((locale) => wordsFor(locale).locale)).toEqual([
      'de',
      'en',
      'fr-CA',
      'en',
    ])
  })
  it('never mixes another language’s weekdays into its sentences', () => expect(wordsFor('pt-BR').locale).toBe('en'))
  it('has words and times for whatever a page calls its locale', () => {
    const made = fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{2,3}([-_][a-zA-Z0-9]{1,9}){0,3}$/))
    fc.assert(
      fc.property(made, (locale) => {
        const words = wordsFor(locale)
        expect(new Intl.DateTimeFormat(words.locale).format(0)).toMatch(/\d/)
        expect(words.texts['state.synced']).toMatch(/\S/)
      }),
    )
  })
})

describe('words of one place', () => {
  it('are Procore’s own there', () => {
    const of = (language: string, key: WordKey): string => wordsFor(language).texts[key]
    expect(of('en-GB', 'entity.commitment-cos')).toBe('commitment variations')
    expect(of('en-GB', 'entity.prime-contracts')).toBe('main contracts')
    expect(of('fr-CA', 'entity.commitment-cos')).toBe('ordres de changement à l’engagement')
    expect(of('fr-FR', 'entity.commitment-cos')).toBe('ordres de changement de l’engagement')
    expect(['fr-FR', 'fr-CA', 'de', 'es'].map((language) => of(language, 'action.unlink'))).toEqual([
      ...['Dissocier', 'Dissocier'],
      ...['Verknüpfung aufheben', 'Desvincular'],
    ])
    expect(of('es-ES', 'entity.commitments')).toBe('pedidos')
  })

  it('differ from the common ones: what does not differ is not said twice', () => {
    for (const [finer, common] of [
      ['en-GB', 'en'],
      ['es-ES', 'es'],
      ['fr-CA', 'fr-FR'],
    ] as const) {
      const [a, b] = [wordsFor(finer).texts, wordsFor(common).texts]
      expect(Object.keys(a).filter((key) => a[key as WordKey] !== b[key as WordKey]).length).toBeGreaterThan(2)
    }
  })
})

describe.each(['fr-FR', 'fr-CA'])('the signs of %s', (language) => {
  it('never stand alone at the beginning of a line', () => {
    const words = wordsFor(language)
    const all = [...Object.values(words.texts), ...Object.values(words.problems).flat()]
    expect(all.filter((text) => / [:;!?»]|« /.test(text))).toEqual([])
    expect(all.filter((text) => /[^\u00a0]»|«[^\u00a0]/.test(text))).toEqual([])
  })
})

describe('a sentence', () => {
  it('shows a name nobody filled, rather than nothing', () => expect(say(english, 'badge.old')).toBe('Old: {when}'))

  it('of a problem this version does not know is the agent’s own', () => {
    const told = { code: 'of-tomorrow', says: 'Something new.', do: 'Do this.' }
    expect(sayTold(wordsFor('de'), told)).toEqual({ says: 'Something new.', next: 'Do this.' })
  })
})

describe('a problem', () => {
  it('tells times as the reader writes them, and exports by their name', () => {
    const at = new Date()
    at.setHours(14, 10, 0, 0)
    const params = { entity: 'commitments', file: 'commitments.csv', expected: at.toISOString(), asOf: at.toISOString() }
    const { says, next } = sayTold(wordsFor('de'), { code: 'export-missed', params })
    expect(says).toBe('Ein Export (Sekundärverträge) wurde 14:10 erwartet und keiner übernommen; der letzte ist von 14:10.')
    expect(next).toContain('commitments.csv')
  })

  it.each([
    ['Contract is locked', 'Procore lässt SC-1 nicht ändern: Contract is locked. In Procore entsperren oder so lassen.'],
    ['Contract is “locked.”', 'Procore lässt SC-1 nicht ändern: Contract is “locked.” In Procore entsperren oder so lassen.'],
  ])('tells what to do in a sentence of its own, however Procore ended (%s)', (text, said) => {
    expect(sayWhole(wordsFor('de'), { code: 'locked-in-procore', params: { item: 'SC-1', text } })).toBe(said)
  })
})
