import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decoderOf, type Encoding } from '../../../agent/formats/encoding.ts'
import { type Token, tokenize, tokenizeBytes } from '../../../agent/formats/tokenize.ts'

const delimiters = [',', ';', '\t', '|'] as const
const lineEnds = ['\n', '\r\n', '\r'] as const
const encodings: readonly Encoding[] = ['utf-8', 'utf-16le', 'cp1252']

// Characters that make files hard: every delimiter, quotes, line ends, blanks, beyond ASCII; all of them exist in cp1252 but the last two.
const hard = [...',;\t|"\r\n abcXYZ019.-é€“–ñ'].concat('\r\n', '""')
const beyond = [...hard, '漢', '🏗']

type Cell = { text: string; quote: boolean }
type File = { delimiter: string; encoding: Encoding; rows: { cells: Cell[]; end: string }[]; closed: boolean }

const fileOf = fc
  .record({ delimiter: fc.constantFrom(...delimiters), encoding: fc.constantFrom(...encodings), closed: fc.boolean() })
  .chain(({ delimiter, encoding, closed }) => {
    const text = fc.array(fc.constantFrom(...(encoding === 'cp1252' ? hard : beyond)), { maxLength: 12 }).map((parts) => parts.join(''))
    const cell = fc.record({ text, quote: fc.boolean() })
    const row = fc.record({ cells: fc.array(cell, { minLength: 1, maxLength: 5 }), end: fc.constantFrom(...lineEnds) })
    return fc.array(row, { minLength: 1, maxLength: 8 }).map((rows): File => ({ delimiter, encoding, rows, closed }))
  })

const mustQuote = (text: string, delimiter: string): boolean => text.startsWith('"') || /[\r\n]/.test(text) || text.includes(delimiter)
const written = ({ text, quote }: Cell, delimiter: string): string =>
  quote || mustQuote(text, delimiter) ? `"${text.replaceAll('"', '""')}"` : text

function linesOf({ delimiter, rows, closed }: File): string[] {
  // A CR at the end of one row and an empty row ended by LF would read as one CRLF: no writer means that.
  const ends = rows.map(({ end }, at) =>
    end === '\r' && rows[at + 1]?.cells.every((cell) => written(cell, delimiter) === '') ? '\r\n' : end,
  )
  const lines = rows.map(({ cells }, at) => cells.map((cell) => written(cell, delimiter)).join(delimiter) + ends[at])
  return closed || rows.length === 0 ? lines : [...lines.slice(0, -1), (lines.at(-1) as string).replace(/(\r\n|\r|\n)$/, '')]
}

const cp1252Bytes = new Map([...Array(256).keys()].map((byte) => [decoderOf('cp1252')(Buffer.from([byte]), 0, 1), byte]))
function bytesOf(text: string, encoding: Encoding): Buffer {
  if (encoding !== 'cp1252') return Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le')
  return Buffer.from([...text].map((character) => cp1252Bytes.get(character) as number))
}

async function* cut(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] as number
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function all(tokens: AsyncIterable<Token>): Promise<Token[]> {
  const list: Token[] = []
  for await (const token of tokens) list.push(token)
  return list
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')
const cellsIn = (text: string, delimiter = ','): string[][] =>
  [...tokenizeBytes(bytes(text), { delimiter, encoding: 'cp1252' })].map((token) => token.cells)

describe('tokenize', () => {
  test('any cells, quoting, line ends, encoding and chunk boundaries come back as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(fileOf, fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1, maxLength: 4 }), async (file, sizes) => {
        const lines = linesOf(file)
        const content = bytesOf(lines.join(''), file.encoding)
        const tokens = await all(tokenize(cut(content, sizes), file))
        const expected = file.rows.map(({ cells }) => cells.map((cell) => cell.text))
        // An empty last line without an end is no line at all.
        if (!file.closed && lines.at(-1) === '') expected.pop()
        expect(tokens.map((token) => token.cells)).toEqual(expected)
        tokens.forEach((token, at) => {
          expect(token.offset).toBe(bytesOf(lines.slice(0, at).join(''), file.encoding).length)
          expect(token.line).toBe(
            1 +
              lines
                .slice(0, at)
                .join('')
                .split(/\r\n|\r|\n/).length -
              1,
          )
        })
      }),
      { numRuns: 400 },
    )
  })

  test('any bytes without NUL give the same tokens however they are cut', async () => {
    const soup = fc.array(fc.constantFrom(34, 44, 10, 13, 65, 66, 26, 32, 0xe9), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(soup, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), async (content, sizes) => {
        const options = { delimiter: ',', encoding: 'cp1252' } as const
        const whole = [...tokenizeBytes(Buffer.from(content), options)]
        expect(await all(tokenize(cut(Buffer.from(content), sizes), options))).toEqual(whole)
      }),
      { numRuns: 600 },
    )
  })

  test('a quote in the middle of a cell stays text and is counted', () => {
    const [token] = [...tokenizeBytes(bytes('2x4 12" long,b,"c"x,"d"\n'), { delimiter: ',', encoding: 'cp1252' })]
    expect(token).toMatchObject({ cells: ['2x4 12" long', 'b', 'cx', 'd'], strayQuotes: 2 })
  })

  test('line breaks inside quotes stay in their cell, also mixed ones', () => {
    expect(cellsIn('a,"one\r\ntwo\rthree\nfour"\rb,c')).toEqual([
      ['a', 'one\r\ntwo\rthree\nfour'],
      ['b', 'c'],
    ])
  })

  test('a Ctrl-Z at the end is no content', () => {
    expect(cellsIn('a,b\r\nc,d\r\n\x1a')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    expect(cellsIn('a,b\r\nc,d\x1a\x1a')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  test('a file that ends inside quotes says so on its last line', () => {
    const tokens = [...tokenizeBytes(bytes('a,b\n"half\nof,it'), { delimiter: ',', encoding: 'cp1252' })]
    expect(tokens.map(({ line, openQuote, terminated }) => ({ line, openQuote, terminated }))).toEqual([
      { line: 1, openQuote: false, terminated: true },
      { line: 2, openQuote: true, terminated: false },
    ])
  })

  test('a NUL byte is refused: this is no text', async () => {
    await expect(all(tokenize([bytes('a,b\n'), bytes('c\0d')], { delimiter: ',', encoding: 'utf-8' }))).rejects.toMatchObject({
      problem: { code: 'file-not-text' },
    })
  })

  test('a field of 10 MB is refused without being kept, and the line behind it is read', async () => {
    const piece = Buffer.alloc(1 << 16, 'x')
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield bytes('a,b\n1,"')
      for (let at = 0; at < 160; at++) yield piece
      yield bytes('\n\n"\r\n2,c\n')
    }
    const before = process.memoryUsage().arrayBuffers
    const tokens = await all(tokenize(endless(), { delimiter: ',', encoding: 'utf-8' }))
    expect(tokens.map(({ cells, tooLong, line }) => ({ cells, tooLong, line }))).toEqual([
      { cells: ['a', 'b'], tooLong: false, line: 1 },
      { cells: [], tooLong: true, line: 2 },
      { cells: ['2', 'c'], tooLong: false, line: 5 },
    ])
    expect(tokens[2]?.offset).toBe(7 + 160 * piece.length + 5)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(6 << 20)
  })
})
