import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { runQuery } from '../../../agent/connectors/extract/run-query.ts'
import { Trouble } from '../../../shared/problem.ts'
import { reaches } from '../../support/reaches.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const script = fileURLToPath(new URL('../../support/extractor.mjs', import.meta.url))

it('a query that hangs is ended, and the next one runs; they never run at once, and half a file never lies there', async () => {
  await using temp = await tempFolder('extract')
  const answers = join(temp.path, 'answers')
  const folder = join(temp.path, 'exports')
  await mkdir(answers)
  await mkdir(folder)
  const sql = 'SELECT Vendor, Name FROM APM_MASTER__VENDOR'
  const queries = ['hangs', 'goes'].map((name) => ({ name, entity: 'vendors' as const, complete: true, sql }))
  const job = join(temp.path, 'job.json')
  await writeFile(job, JSON.stringify({ answers, queries }))
  await writeFile(join(answers, 'hangs.json'), JSON.stringify({ hangs: true }))
  await writeFile(join(answers, 'goes.json'), JSON.stringify({ rows: [{ Vendor: 'A', Name: 'Abel' }] }))
  const signal = new AbortController().signal
  const run = (query: (typeof queries)[number] | undefined, limitMinutes: number) => {
    if (!query) throw new Error('There is no such query.')
    return runQuery({ query, command: process.execPath, script, job, folder, limitMinutes, now: Date.now, signal })
  }
  const ended: string[] = []
  const first = run(queries[0], 0.005).catch((error: unknown) => {
    ended.push('hangs')
    return error
  })
  const second = run(queries[1], 1).then(() => ended.push('goes'))
  const [trouble] = await Promise.all([first, second])
  reaches('extract-late', trouble instanceof Trouble ? trouble.problem.code : null)
  expect(ended).toEqual(['hangs', 'goes'])
  expect((await readdir(folder)).toSorted()).toEqual(['goes.csv', 'goes.csv.manifest.json'])
})
