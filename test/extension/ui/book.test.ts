import { describe, expect, it } from 'vitest'
import type { Badge } from '../../../extension/ui/badge-shape.ts'
import { type AskBadges, openBook } from '../../../extension/ui/book.ts'

const item = (id: string): string => `work-order-contract:${id}`
const badge: Badge = {
  icon: 'check',
  tone: 'green',
  word: 'Synced',
  cellWord: 'Synced',
  says: '',
  sentence: '',
  look: 'full',
  state: 'synced',
}

/** A book whose agent answers when told to, so that a test decides what happens in between. */
function open() {
  const asked: string[][] = []
  const answers: (() => void)[] = []
  const ask: AskBadges = (items) => {
    asked.push(items.map((key) => key.split(':')[1] ?? ''))
    return new Promise((done) =>
      answers.push(() => done({ value: { looks: [badge], of: Object.fromEntries(items.map((key) => [key, 0])), trouble: null } })),
    )
  }
  const answer = async (): Promise<void> => {
    for (const one of answers.splice(0)) one()
    await new Promise((done) => setTimeout(done))
  }
  return { book: openBook(ask), asked, answer }
}

describe('the book of what is known', () => {
  it('asks for what it does not know, in one request', () => {
    const { book, asked } = open()
    book.want([item('1'), item('2')])
    expect(asked).toEqual([['1', '2']])
  })

  it('does not ask again for what it knows or is asking for', async () => {
    const { book, asked, answer } = open()
    book.want([item('1')])
    book.want([item('1'), item('2')])
    await answer()
    book.want([item('1'), item('2')])
    expect(asked).toEqual([['1'], ['2']])
  })

  it('asks again for what an event made stale, and tells who listens', async () => {
    const { book, asked, answer } = open()
    const heard: string[] = []
    book.onChange((keys) => heard.push(...keys), new AbortController().signal)
    book.want([item('1'), item('2')])
    await answer()
    book.forget(['work-order-contract:1', 'work-order-contract:99'])
    book.want([item('1'), item('2')])
    expect(asked).toEqual([['1', '2'], ['1']])
    expect(heard).toEqual([item('1'), item('2'), item('1')])
  })

  it('does not believe an answer that an event overtook', async () => {
    const { book, asked, answer } = open()
    book.want([item('1')])
    book.forget(['work-order-contract:1'])
    await answer()
    expect(book.get('work-order-contract:1')).toBeUndefined()
    book.want([item('1')])
    expect(asked).toEqual([['1'], ['1']])
  })

  it('asks again by itself for what was not answered, after ever longer rests', async () => {
    const rests: number[] = []
    const due: (() => void)[] = []
    const heard: string[] = []
    const book = openBook(
      async () => ({ problem: { code: 'request-refused' } }),
      (act, ms) => {
        rests.push(ms)
        due.push(act)
      },
    )
    book.onChange((keys) => {
      heard.push(...keys)
      book.want([item('1')])
    }, new AbortController().signal)
    book.want([item('1')])
    for (let round = 0; round < 8; round += 1) {
      await new Promise((done) => setTimeout(done))
      expect(heard).toHaveLength(round)
      due.shift()?.()
    }
    expect(rests).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
  })

  it('splits what one request may not carry', () => {
    const { book, asked } = open()
    book.want(Array.from({ length: 1100 }, (_, n) => item(String(n))))
    expect(asked.map(({ length }) => length)).toEqual([500, 500, 100])
  })

  it('stops telling a page that has gone', async () => {
    const { book, answer } = open()
    const gone = new AbortController()
    const heard: unknown[] = []
    book.onChange((keys) => heard.push(keys), gone.signal)
    gone.abort()
    book.want([item('1')])
    await answer()
    expect(heard).toEqual([])
  })
})
