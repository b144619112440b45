import { expect, it } from 'vitest'
import { wordsFor } from '../../../shared/words/index.ts'

/** Everything a person may read in a language, as one text; but columns, which are called as Procore’s pages call them. */
const all = (locale: string): string => {
  const { texts, problems } = wordsFor(locale)
  const own = Object.entries(texts).flatMap(([key, text]) => (key.startsWith('field.') ? [] : [text]))
  return [...own, ...Object.values(problems).flat()].join('\n')
}

/** Words of the editions: erp-integrations.md F (2026-11). */
it.each([
  ['fr-FR', 'a change order', /avenant|ordres? de modification/i],
  ['fr-CA', 'a change order', /avenant|ordres? de modification/i],
  ['de', 'a change order', /nachtr[aä]g/i],
  ['fr-FR', 'the badge', /\bbadge/i],
  ['fr-CA', 'the badge', /\bbadge/i],
  ['fr-FR', 'what goes by itself', /de soi-même/i],
  ['de', 'a button', /\btaste\b/i],
])('%s has one word for %s', (locale, _, other) => {
  expect(all(locale).match(other)).toBeNull()
})

it('British English says variation wherever it says how the ERP’s copy is taken back', () => {
  const { texts } = wordsFor('en-GB')
  const told = Object.entries(texts).filter(([key]) => /^(erase|reversed|still|forecast)\./.test(key))
  expect(told.filter(([, text]) => /change orders?/i.test(text))).toEqual([])
})
