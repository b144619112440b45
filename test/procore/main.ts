/**
 * The stand-in Procore with its pages as its own process: prints one JSON line {url, port, companyId, clientId, clientSecret} when ready, stays until SIGTERM or SIGINT.
 * Flags: --port N --host H --seed N --mode strict|lenient --latency MS --hourly N --spike N --unlink-null clears|422|200-but-unchanged
 *        --vendors N and --commitments N fill the company (and the busy project) up to so many, for measurements
 *        --web-base-url URL --tls-key FILE --tls-cert FILE. Steered through /__stand-in/ (control.ts).
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Hono } from 'hono'
import type { UnlinkNull } from './api/endpoint.ts'
import { practiceClient, type StandInOptions } from './options.ts'
import { type PagesOptions, pagesOptions } from './pages/options.ts'
import { pagesRoutes } from './pages/routes.ts'
import { moreCommitments, moreVendors } from './practice/more.ts'
import { startStandIn } from './stand-in.ts'

const text = { type: 'string' } as const
const { values: flags } = parseArgs({
  options: {
    ...{ port: text, host: text, seed: text, mode: text, latency: text, hourly: text, spike: text },
    ...{ vendors: text, commitments: text },
    ...{ 'unlink-null': text, 'web-base-url': text, 'tls-key': text, 'tls-cert': text },
  },
})

const whole = (given: string | undefined) => (given === undefined ? undefined : Number.parseInt(given, 10))
const options: StandInOptions = {
  ...{ port: whole(flags.port), host: flags.host, seed: whole(flags.seed), latencyMs: whole(flags.latency) },
  mode: flags.mode === 'lenient' ? 'lenient' : 'strict',
  ...(flags.hourly ? { rateLimits: { hourly: whole(flags.hourly), spike: whole(flags.spike) ?? 100_000 } } : {}),
  ...(flags['unlink-null'] ? { unlinkNull: flags['unlink-null'] as UnlinkNull } : {}),
  ...(flags['web-base-url'] ? { webBaseUrl: flags['web-base-url'] } : {}),
  ...(flags['tls-key'] && flags['tls-cert']
    ? { tls: { key: readFileSync(flags['tls-key'], 'utf8'), cert: readFileSync(flags['tls-cert'], 'utf8') } }
    : {}),
}

const pages = pagesOptions()
const standIn = await startStandIn(options)
standIn.mount(pagesRoutes(standIn.company, pages))
standIn.mount(new Hono().patch('/__stand-in/pages', async (c) => c.json(Object.assign(pages, await c.req.json<Partial<PagesOptions>>()))))
if (flags.vendors) moreVendors(standIn.company, Number(flags.vendors))
if (flags.commitments) moreCommitments(standIn.company, Number(flags.commitments))
const ready = {
  url: standIn.url,
  port: standIn.port,
  companyId: standIn.company.id,
  clientId: practiceClient.id,
  clientSecret: practiceClient.secret,
}
console.log(JSON.stringify(ready))
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void standIn.close())
