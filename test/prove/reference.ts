/**
 * Holds the agent's calls and the stand-in's answers against Procore's published reference: everything goes through a validating proxy
 * (Stoplight Prism in proxy mode), whose log is read afterwards. Every complaint must follow from a named assumption; requests are the agent's own.
 *
 *   node test/prove/reference.ts --stand-in-port 45871 --proxy http://127.0.0.1:45872 --log proxy.log
 *
 * Start the proxy in front of that port first, with its output in that file; it may start before there is anything behind it.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { modes } from '../flow/books.ts'
import type { StandInOptions } from '../procore/options.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { namedBy, violationsIn } from './violations.ts'
import { walk } from './walk.ts'

const text = { type: 'string' } as const
const { values: flags } = parseArgs({ options: { 'stand-in-port': text, proxy: text, log: text } })
const { proxy, log, 'stand-in-port': port } = flags
if (!proxy || !log || !port) throw new Error('--stand-in-port PORT --proxy URL --log FILE')

const ways: StandInOptions[] = [
  ...modes.map((mode) => ({ mode })),
  { unlinkNull: '422' },
  { unlinkNull: '200-but-unchanged' },
  { directCostLines: 'locked' },
]
let unknown = 0
for (const way of ways) {
  await using standIn = await standInWithAccess({ ...way, port: Number(port) })
  const began = Date.now()
  const synced = await walk(standIn, { ...standIn.access, apiBase: proxy, loginBase: proxy })
  unknown += standIn.violations.length
  console.log(`${JSON.stringify(way)}: ${standIn.requests.length} requests in ${Date.now() - began} ms, agreeing ${JSON.stringify(synced)}`)
  for (const violation of standIn.violations) console.log(`  the stand-in knows no such thing: ${violation}`)
}

const all = violationsIn(readFileSync(log, 'utf8'))
const named = Map.groupBy(all, (one) => namedBy(one) ?? 'unnamed')
for (const [name, of] of named) {
  const requests = of.filter(({ side }) => side === 'request').length
  console.log(`${name}: ${of.length} (${requests} of requests, ${of.length - requests} of answers)`)
  const lines = Map.groupBy(of, ({ side, route, text: said }) => `${side} ${route}: ${said}`)
  if (name === 'unnamed') for (const [line, these] of lines) console.log(`  ${these.length} × ${line}`)
}
unknown += named.get('unnamed')?.length ?? 0
console.log(`${all.length} complaints, ${unknown} beyond the named assumptions.`)
process.exitCode = unknown === 0 ? 0 : 1
