import { expect, it } from 'vitest'
import { forecastView } from '../../../extension/background/forecast-view.ts'
import type { LinkAnswer } from '../../../shared/api/links.ts'
import { wordsFor } from '../../../shared/words/index.ts'

type Forecast = NonNullable<LinkAnswer['unlink']>

const connection = { erp: 'Sage 300 CRE' } as LinkAnswer['connection']
const view = (of: Pick<Forecast, 'kind' | 'code' | 'params'>) => forecastView({ unlink: of as Forecast, connection }, wordsFor('de'))

it('says what an unlink would come to, in the reader’s language', () => {
  const said = view({
    kind: 'refused',
    code: 'still-there',
    params: { key: '4455', asOf: '2025-06-02T06:00:00Z', file: 'commitments.csv' },
  })
  expect(said?.kind).toBe('refused')
  expect(said?.word).toBe('Jetzt nicht')
  expect(said?.says).toContain('4455')
  expect(said?.says).toContain('2025')
  expect(said?.says).not.toContain('2025-06-02T06')
})

it.each(['foreign', 'compare-only', 'not-in-procore'])('says nothing where there is nothing to unlink: %s', (code) => {
  expect(view({ kind: 'refused', code, params: {} })).toBeNull()
})

it('says nothing of a link that has no forecast', () => {
  expect(forecastView({ unlink: null, connection }, wordsFor('en'))).toBeNull()
})
