import { describe, expect, it } from 'vitest'
import { anchors } from '../../extension/pages/anchors.ts'
import { isSource, text, tracked } from './sources.ts'

/**
 * Procore's words change with the reader's language and, within English, with a company's dictionary (procore-web: Owners, Specialty): what
 * Tieback finds and decides in a page never rests on them.
 */
const sources = tracked().filter((path) => path.startsWith('extension/') && (isSource(path) || path.endsWith('.css')))

/** Attributes that hold words people read. */
const spoken = /\[\s*(?:aria-label|aria-description|title|alt|placeholder|label|value|data-tooltip|data-content)\b/i
const byText =
  /:contains\(|:has-text\(|[/[]text\(\)|\bXPathEvaluator\b|document\.evaluate\(|TreeWalker|\binnerText\b|\bouterText\b|\bnodeValue\b/
/** Reads what an element says; setting it is how our own words get there. */
const reads = /\.textContent(?!\s*=[^=])|getAttribute\(\s*['"](?:aria-label|title|alt|placeholder)['"]/

/** Reads of scripts' text, where the page keeps its locale: no word that is shown. */
const scripts = ['extension/pages/locale.ts']

describe('what the extension does in a page', () => {
  it('selects nothing by words', () => {
    const wrong = sources.filter((path) => spoken.test(text(path)) || byText.test(text(path)))
    expect(wrong).toEqual([])
    const selectors = Object.values(anchors).flatMap((anchor) => anchor.selectors.map(({ css }) => css))
    expect(selectors.length).toBeGreaterThan(10)
    expect(selectors.filter((css) => spoken.test(css) || byText.test(css))).toEqual([])
  })

  it('reads no words', () => {
    expect(sources.filter((path) => reads.test(text(path))).filter((path) => !scripts.includes(path))).toEqual([])
  })

  it.each([
    '[aria-label="Unlink"]',
    'h1:contains("Commitment")',
    "cell.textContent === 'Synced'",
    "cell.textContent?.includes('Synced')",
    "mark.getAttribute('title')",
  ])('would be caught at %s', (sample) => expect(spoken.test(sample) || byText.test(sample) || reads.test(sample)).toBe(true))
})
