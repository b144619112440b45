// Stands in for the script that asks Sage: the same command line, answers from a folder of rows kept as JSON beside the job file.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

const words = process.argv.slice(2).map((word) => (/^-(Job|Query|Out)$/.test(word) ? `-${word}` : word))
const { values } = parseArgs({ args: words, options: { Job: { type: 'string' }, Query: { type: 'string' }, Out: { type: 'string' } } })
const { queries, answers } = JSON.parse(readFileSync(values.Job, 'utf8'))
const { sql } = queries.find(({ name }) => name === values.Query)
const { rows, fails, hangs, says } = JSON.parse(readFileSync(join(answers, `${values.Query}.json`), 'utf8'))
if (fails) {
  process.stderr.write(`${fails}\n`)
  process.exit(1)
}
if (hangs) setInterval(() => undefined, 1_000)
else {
  const columns = /^SELECT (.*) FROM/i.exec(sql)[1].split(', ')
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))].map((cells) => `${cells.join(',')}\r\n`)
  writeFileSync(values.Out, lines.join(''))
  writeFileSync(join(answers, 'ran.log'), `${dirname(values.Out)} ${values.Query}\n`, { flag: 'a' })
  process.stdout.write(`${JSON.stringify({ rows: says ?? rows.length })}\n`)
}
