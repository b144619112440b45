import { describe, expect, it } from 'vitest'
import { wordsFor } from '../../../shared/words/index.ts'
import { likely, sayEvidence } from '../../../shared/words/say-match.ts'

describe('what speaks for a pair', () => {
  const differs = { code: 'amount-differs', field: 'original', erp: '1250000.5', procore: '-10.00' }
  it('has its amounts as the reader writes them, digit for digit', () => {
    expect(sayEvidence(differs, wordsFor('de'))).toBe('Anderer Betrag (Ursprünglich): 1.250.000,50 im ERP, -10,00 in Procore')
    expect(sayEvidence(differs, wordsFor('en'))).toBe('Other amount (Original): 1,250,000.50 in the ERP, -10.00 in Procore')
  })
  it('has numbers as they are written, however much they look like amounts', () => {
    const number = { code: 'number-loose', erp: '1000.10', procore: '1000.1' }
    expect(sayEvidence(number, wordsFor('de'))).toBe('Nummer anders geschrieben: 1000.10 und 1000.1')
  })
  it('is never said to be likelier than it is', () => {
    expect([0.999, 0.899, 0.9, 0.29, 1].map((score) => likely(score, wordsFor('en')))).toEqual(['99%', '89%', '90%', '29%', '100%'])
  })
})
