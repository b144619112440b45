import { describe, expect, it } from 'vitest'
import { isMeant } from '../../../extension/ui/dialog/meant.ts'

describe('an answer to a question that unlinks', () => {
  it.each([
    ['a click once it has stood there for a moment', true, 300, true],
    ['the second half of a double click that opened it', true, 299, false],
    ['a script of the page', false, 5_000, false],
  ])('%s', (_, isTrusted, after, meant) => expect(isMeant({ isTrusted, timeStamp: 1_000 + after }, 1_000)).toBe(meant))
})
