import { itemKey } from '../../shared/item.ts'
import { listedOn } from '../pages/lists.ts'
import { allowed } from './allowed.ts'
import { type Answers, companyOf, openOf, refused, withAgent } from './asked.ts'
import { forecastView } from './forecast-view.ts'
import { shown, wasShown } from './forecasts.ts'
import { readerWords } from './words.ts'

type Asked = 'forecast' | 'unlink' | 'readFirst' | 'ready' | 'unlinkMany' | 'batch' | 'watch' | 'relink'

/** What comes of an unlink, one or many, now or later, and taking it back. An act names a forecast this tab was shown, or nothing is done. */
export const unlinkAnswers: Pick<Answers, Asked> = {
  async forecast(input, { page }) {
    const item = allowed(page, input.item)
    if (!item) return refused('item')
    return withAgent(page, input, async (client) => {
      const reply = await client.call('link', { params: { id: itemKey(item) } })
      return 'problem' in reply ? reply : { value: forecastView(reply.value, await readerWords()) }
    })
  },

  async unlink(input, { page, tab }) {
    const item = allowed(page, input.item)
    const forecast = String(input.forecast)
    if (!item) return refused('item')
    if (!(await wasShown(tab, forecast))) return refused('forecast')
    return withAgent(page, input, async (client) => {
      const how = { ...(input.children === true ? { children: true } : {}), ...(input.override === true ? { override: true } : {}) }
      const body = { forecast, ...reasonOf(input), ...how }
      const reply = await client.call('unlink', { params: { id: itemKey(item) }, body })
      if ('value' in reply && reply.value.forecast) await shown(tab, reply.value.forecast.id)
      return reply
    })
  },

  async readFirst(input, { page }) {
    const item = allowed(page, input.item)
    if (!item) return refused('item')
    return withAgent(page, input, async (client, _, { capabilities }) => {
      if (!capabilities.includes('readFirst')) return { problem: { code: 'agent-too-old' } }
      return client.call('readFirst', { params: { id: itemKey(item) } })
    })
  },

  async ready(input, { page, tab }) {
    const all = listedOn[page.kind]
    if (!all) return refused('list')
    const types = openOf(page, all, input.types)
    return withAgent(page, input, async (client, _, { person }) => {
      const company = companyOf(page, input)
      const query = {
        types: types.join(','),
        gone: 'only' as const,
        ...(company ? { company } : {}),
        ...(page.project ? { project: page.project } : {}),
      }
      const reply = await client.call('readyUnlinks', { query })
      if ('problem' in reply) return reply
      await shown(tab, ...reply.value.links.map(({ forecast }) => forecast.id))
      return { value: { ...reply.value, person: person.name } }
    })
  },

  async unlinkMany(input, { page, tab }) {
    const entries = input.entries.map(({ link, forecast }) => ({ link: String(link), forecast: String(forecast) }))
    if (!(await wasShown(tab, ...entries.map(({ forecast }) => forecast)))) return refused('forecast')
    return withAgent(page, input, (client) => client.call('askUnlinks', { body: { entries, ...reasonOf(input) } }))
  },

  batch: (input, { page }) => withAgent(page, input, (client) => client.call('unlinkBatch', { params: { id: String(input.id) } })),

  async watch(input, { page }) {
    const item = allowed(page, input.item)
    if (!item) return refused('item')
    return withAgent(page, input, async (client) => {
      const params = { id: itemKey(item) }
      const reply = await (input.on === true ? client.call('watch', { params, body: reasonOf(input) }) : client.call('unwatch', { params }))
      return 'problem' in reply ? reply : { value: null }
    })
  },

  async relink(input, { page }) {
    const item = allowed(page, input.item)
    if (!item) return refused('item')
    return withAgent(page, input, (client) => client.call('relink', { params: { id: itemKey(item) }, body: {} }))
  },
}

const reasonOf = ({ reason }: { reason?: string }) => (reason ? { reason: String(reason) } : {})
