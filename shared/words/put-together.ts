import { problemValues } from './english.ts'
import { type French, frenchSpaces } from './french-spaces.ts'
import { type Language, languageOf, type ProblemTexts, plainLocale, type Words, type WordTexts } from './languages.ts'

/** What a language's file holds. */
export type Texts = { words: WordTexts; problems: ProblemTexts }

/** All a reader needs, from the texts of their language. */
export function putTogether(locale: string, { words, problems }: Texts): Words {
  const language = languageOf(locale)
  return { language, locale: localeFor(locale, language), texts: words, problems, values: problemValues }
}

/** The finer locale for times and numbers, where it is one of the words' own language: no Portuguese weekday in an English sentence. */
function localeFor(locale: string, language: Language): string {
  const plain = plainLocale(locale)
  return plain?.split('-')[0] === language.split('-')[0] ? (plain ?? language) : language
}

/** French texts with the spaces of its country. */
export function french({ words, problems }: Texts, language: French): Texts {
  const spaced = (text: string): string => frenchSpaces(text, language)
  return {
    words: Object.fromEntries(Object.entries(words).map(([key, text]) => [key, spaced(text)])) as WordTexts,
    problems: Object.fromEntries(
      Object.entries(problems).map(([code, [says, next]]) => [code, [spaced(says), spaced(next)]]),
    ) as unknown as ProblemTexts,
  }
}
