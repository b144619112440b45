/**
 * Steering a stand-in from another process. Everything under /__stand-in/, JSON in and out, no sign-in (it listens on this machine only).
 *
 *   GET  /__stand-in/state                        {url, companyId, behaviour, rateLimits, requests: count, violations}
 *   GET  /__stand-in/requests?since=N             requests with n > N, whole
 *   GET  /__stand-in/violations                   [text]
 *   POST /__stand-in/faults  FaultRule | [FaultRule]   when: {nth, method, path}; see faults.ts
 *   DELETE /__stand-in/faults                     drops what still waits
 *   PATCH /__stand-in/behaviour  {mode, latencyMs, unlinkNull, waitHeaders, errorShape …}
 *   PATCH /__stand-in/rate-limits  {hourly, spike}
 *   GET  /__stand-in/items/KIND[?field=value]     live items, stored shape (items.ts); deleted ones with ?deleted=true
 *   GET  /__stand-in/items/KIND/ID
 *   GET  /__stand-in/export                       every table: {KIND: [items]}, for comparing end states
 *   PATCH /__stand-in/items/KIND/ID  {field: value}    as a person in Procore edits: updated_at moves
 *   POST /__stand-in/items/KIND/ID/steal {originId}    another integration takes it
 *   POST /__stand-in/items/KIND/ID/release             the owner is cleared
 *   DELETE /__stand-in/items/KIND/ID                   deleted in Procore
 *   PUT  /__stand-in/permitted-projects  [id] | "all"
 *   POST /__stand-in/tokens/revoke-all
 *   POST /__stand-in/holds  {stage, when}         -> {id}: the first fitting request stops at that stage
 *   GET  /__stand-in/holds/ID                     answers when a request stands there, with that request
 *   POST /__stand-in/holds/ID/release             lets it go on
 *   PATCH /__stand-in/pages  {locale, csp, mounts …}   how the pages look (pages/options.ts); only where main.ts mounted them
 *   POST /__stand-in/forget                       empties requests, violations, faults
 */
import { Hono } from 'hono'
import type { FaultRule, When } from './faults.ts'
import type { Holds } from './holds.ts'
import { type Item, type Kind, kinds } from './items.ts'
import type { Manners } from './options.ts'
import type { Stage } from './request-log.ts'
import type { StandIn } from './stand-in.ts'

export function controlRoutes(standIn: StandIn, holds: Holds): Hono {
  const app = new Hono().basePath('/__stand-in')
  steering(app, standIn)
  data(app, standIn)
  holding(app, holds)
  return app
}

function steering(app: Hono, standIn: StandIn): void {
  const { company, behaviour, faults, rate, requests, violations } = standIn
  app.get('/state', (c) =>
    c.json({
      url: standIn.url,
      companyId: company.id,
      behaviour,
      rateLimits: rate.limits,
      requests: requests.length,
      violations: violations.length,
    }),
  )
  app.get('/requests', (c) => c.json(requests.filter((one) => one.n > Number(c.req.query('since') ?? 0))))
  app.get('/violations', (c) => c.json(violations))
  app.post('/faults', async (c) => {
    const given = await c.req.json<FaultRule | FaultRule[]>()
    faults.add(...(Array.isArray(given) ? given : [given]))
    return c.json({ waiting: faults.waiting().length })
  })
  app.delete('/faults', (c) => {
    faults.clear()
    return c.json({ waiting: 0 })
  })
  app.patch('/behaviour', async (c) => c.json(Object.assign(behaviour, await c.req.json<Partial<Manners>>())))
  app.patch('/rate-limits', async (c) => {
    rate.limits = { ...rate.limits, ...(await c.req.json<Partial<typeof rate.limits>>()) }
    return c.json(rate.limits)
  })
  app.post('/tokens/revoke-all', (c) => {
    standIn.tokens.revokeAll()
    return c.json({})
  })
  app.post('/forget', (c) => {
    standIn.forget()
    return c.json({})
  })
}

const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text)

function data(app: Hono, { company }: StandIn): void {
  const rows = (kind: Kind) => company.table(kind) as { all(): Item[]; live(): Item[]; get(id: number): Item | undefined }
  app.get('/export', (c) => c.json(Object.fromEntries(kinds.map((kind) => [kind, rows(kind).all()]))))
  app.put('/permitted-projects', async (c) => {
    const given = await c.req.json<number[] | 'all'>()
    company.permittedProjects = given === 'all' ? 'all' : new Set(given)
    return c.json(given)
  })
  app.use('/items/:kind/*', async (c, next) =>
    isKind(c.req.param('kind')) ? next() : c.json({ error: `There is no kind ${c.req.param('kind')}.` }, 400),
  )
  app.get('/items/:kind', (c) => {
    const { deleted, ...wanted } = c.req.query()
    const kind = c.req.param('kind')
    if (!isKind(kind)) return c.json({ error: `There is no kind ${kind}.` }, 400)
    const all = deleted ? rows(kind).all() : rows(kind).live()
    return c.json(all.filter((item) => Object.entries(wanted).every(([field, value]) => String(item[field]) === value)) as object[])
  })
  const one = '/items/:kind/:id{[0-9]+}'
  app.get(one, (c) => c.json((rows(c.req.param('kind') as Kind).get(Number(c.req.param('id'))) ?? null) as object | null))
  app.patch(one, async (c) => c.json(company.edit(c.req.param('kind') as Kind, Number(c.req.param('id')), await c.req.json()) as object))
  app.delete(one, (c) => c.json(company.remove(c.req.param('kind') as Kind, Number(c.req.param('id'))) as object))
  app.post(`${one}/steal`, async (c) => {
    const { originId } = await c.req.json<{ originId: string }>()
    return c.json(company.steal(c.req.param('kind') as Kind, Number(c.req.param('id')), originId) as object)
  })
  app.post(`${one}/release`, (c) => c.json(company.release(c.req.param('kind') as Kind, Number(c.req.param('id'))) as object))
}

function holding(app: Hono, holds: Holds): void {
  app.post('/holds', async (c) => {
    const { stage, when } = await c.req.json<{ stage: Stage; when?: When }>()
    return c.json({ id: holds.add(stage, when ?? {}) })
  })
  app.get('/holds/:id', async (c) => c.json((await holds.arrival(Number(c.req.param('id')))) as object))
  app.post('/holds/:id/release', (c) => {
    holds.release(Number(c.req.param('id')))
    return c.json({})
  })
}
