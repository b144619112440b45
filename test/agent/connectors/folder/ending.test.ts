import { describe, expect, test } from 'vitest'
import { type Ending, endingOf } from '../../../../agent/connectors/folder/ending.ts'

const whole = 'Vendor,Name\r\nV1,Marlow\r\n'

/** First and last 4 KB, as they are looked at. */
const ending = (content: string | Buffer): Ending => {
  const bytes = Buffer.from(content)
  return endingOf(bytes.subarray(0, 4096), bytes.subarray(-4096))
}

describe('a file', () => {
  test.each<[string, string | Buffer, Ending]>([
    ['whose last line ends', whole, 'whole'],
    ['of DOS, with Ctrl-Z', `${whole}\x1a`, 'whole'],
    ['in UTF-16', Buffer.from(`\ufeff${whole}`, 'utf16le'), 'whole'],
    ['with an empty line at its end', `${whole}\r\n`, 'whole'],
    ['of one line', 'Vendor,Name\r\n', 'whole'],
    ['with quoted fields', 'Vendor,Name\r\nV1,"Marlow, Inc"\r\n', 'whole'],
    ['with a line longer than what is looked at', `${whole}V2,${'x'.repeat(9000)}\r\n`, 'whole'],
    ['that breaks off in a line', 'Vendor,Name\r\nV1,Mar', 'open'],
    ['that breaks off in quotes', 'Vendor,Name\r\nV1,"two\r\n', 'open'],
    ['whose last line has fewer fields', 'Vendor;Name;City\r\nV1;Marlow\r\n', 'open'],
    ['that is a zip with its directory', 'PK\x03\x04 sheets PK\x01\x02 names PK\x05\x06\0\0\0\0', 'whole'],
    ['that is a zip without', 'PK\x03\x04 sheets', 'open'],
    ['whose bytes still arrive', Buffer.concat([Buffer.from(whole), Buffer.alloc(5000)]), 'zeros'],
    ['of zeros alone', Buffer.alloc(64), 'zeros'],
  ])('%s', (_, content, expected) => expect(ending(content)).toBe(expected))
})
