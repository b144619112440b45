import { describe, expect, it } from 'vitest'
import { linkStates, moveReasons } from '../../../shared/link-state.ts'
import { problems } from '../../../shared/problem.ts'
import { wordsFor } from '../../../shared/words/index.ts'
import { languageOf, languages } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { sayTold } from '../../../shared/words/say-problem.ts'

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

  it('has a word for every reason a link moves for', () => {
    for (const reason of moveReasons) expect(words.texts[`why.${reason}`]).toMatch(/\S/)
  })

  it('has words for headings that stay short; those of lists are measured in browsers', () => {
    const longest = Math.max(...linkStates.map((state) => words.texts[`state.${state}`].length))
    expect(longest).toBeLessThanOrEqual(language === 'en' ? 21 : 19) // English is given by the design
  })
})

describe('the language of a reader', () => {
  it.each([
    ['en-GB', 'en'],
    ['de-DE', 'de'],
    ['fr', 'fr-FR'],
    ['fr-CA', 'fr-CA'],
    ['es-ES', 'es'],
    ['pt-BR', 'en'],
  ])('%s reads %s', (locale, language) => expect(languageOf(locale)).toBe(language))

  it('keeps the finer locale for times and numbers', () => expect(wordsFor('en-GB').locale).toBe('en-GB'))
  it('falls back to the language where Intl refuses the locale', () => expect(wordsFor('de-x').locale).toBe('de'))
})

describe('a sentence', () => {
  it('shows a name nobody filled, rather than nothing', () => expect(say(english, 'badge.old')).toBe('Old: {when}'))

  it('of a problem this version does not know is the agent’s own', () => {
    const told = { code: 'of-tomorrow', says: 'Something new.', do: 'Do this.' }
    expect(sayTold(wordsFor('de'), told)).toEqual({ says: 'Something new.', next: 'Do this.' })
  })
})
