import { statSync, utimesSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { FileOutcome } from '../../../../agent/connectors/connector.ts'
import { problem } from '../../../../shared/problem.ts'
import { contents, csv, put, type Watched, watched } from './watched.ts'

describe('started again', () => {
  /** An agent takes a file and ends; then something may happen; then the next one looks. */
  async function again(between: (path: string) => void, outcome: FileOutcome = { filed: 'done' }): Promise<Watched> {
    const last = new Map()
    const first = await watched({ last, onFile: () => outcome })
    const path = put(first, 'vendors.csv')
    await first.rest()
    first.stop()
    between(path)
    const next = await watched({ last, path: first.path })
    await next.rest()
    return next
  }

  test('what lies there as it was taken is not read once more', async () => {
    const at = await again(() => undefined)
    expect(at.taken).toEqual([])
    put(at, 'vendors.csv', `${csv}V2,Larch\r\n`)
    await at.rest()
    expect(contents(at)).toEqual([`${csv}V2,Larch\r\n`])
  })

  test.each<[string, (path: string) => void, (string | null)[]]>([
    ['written anew with the same content', (path) => writeFileSync(path, csv), [null]],
    [
      'changed, its old time put back',
      keepingTimes((path) => writeFileSync(path, csv.replace('Marlow', 'Barlow'))),
      [csv.replace('Marlow', 'Barlow')],
    ],
    ['joined by a companion', (path) => writeFileSync(`${path}.ok`, '1'), [null]],
  ])('a file %s is', async (_, between, read) => expect(contents(await again(between))).toEqual(read))

  test('what was refused is tried again', async () => {
    const at = await again(() => undefined, {
      filed: 'refused',
      problem: problem('file-unknown', { file: 'vendors.csv', suggestion: 'none' }),
    })
    expect(at.taken).toHaveLength(1)
  })
})

/** A change that leaves size and mtime as they were; ctime tells. */
function keepingTimes(change: (path: string) => void): (path: string) => void {
  return (path) => {
    const { atime, mtime } = statSync(path)
    change(path)
    utimesSync(path, atime, mtime)
  }
}
