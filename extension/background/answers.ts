/** What the background answers pages. Item, company and host come from the sender's own address; the message only says which of the listed. */
import browser from 'webextension-polyfill'
import type { MeAnswer } from '../../shared/api/me.ts'
import type { BodyOf } from '../../shared/api.ts'
import { type ItemRef, type ItemType, itemKey } from '../../shared/item.ts'
import { listGroups } from '../../shared/list-group.ts'
import { environmentOf } from '../../shared/pages/hosts.ts'
import type { Page } from '../../shared/pages/page.ts'
import type { Client, Reply } from '../agent-link/client.ts'
import type { Calls } from '../bridge/calls.ts'
import { ownPage } from '../bridge/own-pages.ts'
import type { Sender } from '../bridge/sender.ts'
import { features } from '../features/names.ts'
import { listedOn } from '../pages/lists.ts'
import { agentFor, clientOf } from './agents.ts'
import { allowed } from './allowed.ts'
import { badgesOf, unknownBadges } from './badges.ts'
import { forecastView } from './forecast-view.ts'
import { shown, wasShown } from './forecasts.ts'
import { listView } from './list-view.ts'
import { look } from './live.ts'
import { statusesOf } from './statuses.ts'
import { change, read, readSettings } from './storage.ts'
import { readerWords } from './words.ts'

type Answers = { [N in keyof Calls]: (input: Calls[N]['input'], from: Sender) => Promise<Reply<Calls[N]['output']>> }

const refused = (reason: string) => ({ problem: { code: 'request-refused', params: { reason } } })

/** The address names the company, or the page's links hint at one; `agentFor` holds both against what agents serve. */
const companyOf = (page: Page, hint: { company: string | null }): string | null => page.company ?? digits(hint.company)
const at = (page: Page, hint: { company: string | null }) => ({ company: companyOf(page, hint), host: page.host })
const digits = (text: unknown): string | null => (typeof text === 'string' && /^\d{1,19}$/.test(text) ? text : null)

/** `type:id` as a page writes it; whether such an item may be asked about is for `allowed` to say. */
function named(key: string): ItemRef {
  const [type = '', id = ''] = String(key).split(':')
  return { type: type as ItemRef['type'], id }
}

export const answers: Answers = {
  async welcome({ locale }, { page }) {
    void look() // a Procore page is open now: follow the agents
    const { off, paused, toasts } = await readSettings()
    if (locale !== (await read('locale'))) await change('locale', () => String(locale))
    const words = await readerWords()
    const on = paused.includes(page.host) ? [] : features.filter((id) => !off.includes(id))
    const served = await agentFor(page)
    if ('value' in served) await rememberHost(served.value.agent.id, page.host)
    return { value: { words, features: on, toasts, person: 'value' in served ? served.value.agent.person.id : null } }
  },

  async badges(input, { page }) {
    const words = await readerWords()
    const items = input.items.flatMap((key) => allowed(page, named(key)) ?? []).slice(0, 500)
    const served = await agentFor(at(page, input))
    const told =
      'problem' in served
        ? served
        : await statusesOf({ ...served.value, company: companyOf(page, input), environment: environmentOf(page.host) }, items)
    return { value: 'problem' in told ? unknownBadges(items, told.problem, words) : badgesOf(items, told.value, words) }
  },

  async list(input, { page }) {
    const group = input.group === null ? undefined : listGroups.find((one) => one === input.group)
    const types = listedOn[page.kind]
    if (!types) return refused('list')
    const served = await agentFor(at(page, input))
    if ('problem' in served) return served
    const { client, me } = served.value
    if (!me.capabilities.includes('lists')) return { problem: { code: 'agent-too-old' } }
    const body = { company: companyOf(page, input), project: page.project, types: [...types], ...(group ? { group } : {}) }
    const reply = await client.call('lists', { body })
    return 'problem' in reply ? reply : { value: listView(reply.value, await readerWords(), new Date()) }
  },

  async details(input, { page, tab }) {
    const item = allowed(page, input.item)
    if (!item) return refused('item')
    return withAgent(page, input, async (client, agent, { person: { name, role } }) => {
      const reply = await client.call('link', { params: { id: itemKey(item) } })
      if ('problem' in reply) return reply
      const known = (await read('lastKnown'))[agent]?.connections ?? {}
      if (reply.value.unlink) await shown(tab, reply.value.unlink.id)
      return { value: { link: reply.value, connections: known, asOf: new Date().toISOString(), person: name, role } }
    })
  },

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

  async why(input, { page }) {
    const item = allowed(page, input.item)
    if (!item) return refused('item')
    const served = await agentFor(at(page, input))
    if ('problem' in served) return served
    const { client, me } = served.value
    if (!me.capabilities.includes('why')) return { problem: { code: 'agent-too-old' } }
    return client.call('why', { params: { id: itemKey(item) }, query: { action: input.action } })
  },

  async check(input, { page }) {
    const item = allowed(page, input.item)
    if (!item) return refused('item')
    return withAgent(page, input, (client) => client.call('resync', { params: { id: itemKey(item) } }))
  },

  async candidates(input, { page }) {
    const item = allowed(page, input.item)
    if (!item) return refused('item')
    return withAgent(page, input, (client) => client.call('candidates', { params: { id: itemKey(item) } }))
  },

  matches: (input, { page }) =>
    withMatched(page, input, async (client, matched, { person }) => {
      const reply = await client.call('matches', { body: { ...matched, look: true } })
      return 'problem' in reply ? reply : { value: { ...reply.value, person: person.name } }
    }),

  tie: (input, { page }) =>
    withMatched(page, input, (client, matched) => {
      const pairs = input.pairs.map(({ link, item }) => ({ link: String(link), item: named(item) }))
      return client.call('tieMatches', { body: { ...matched, pairs } })
    }),

  async archive(input, { page }) {
    const item = allowed(page, input.item)
    if (!item) return refused('item')
    return withAgent(page, input, async (client) => {
      const params = { id: itemKey(item) }
      const reply = await (input.on === true ? client.call('archive', { params, body: {} }) : client.call('takeBack', { params }))
      return 'problem' in reply ? reply : { value: null }
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

  retry: (input, { page }) => withAgent(page, input, (client) => client.call('retryProblems', { body: { cause: String(input.cause) } })),

  async confirm(input, { page }) {
    const item = allowed(page, input.item)
    if (!item) return refused('item')
    return withAgent(page, input, (client) => client.call('confirmMatch', { params: { id: String(input.link) }, body: { item } }))
  },

  runs: (input, { page }) => withAgent(page, input, (client) => client.call('runs', { query: { limit: 5 } })),

  async popover(_, { tab }) {
    await browser.scripting.executeScript({ target: { tabId: tab }, files: ['/popover.js'] })
    return { value: null }
  },

  async openOptions() {
    await browser.runtime.openOptionsPage()
    return { value: null }
  },

  async openAgent(input, { page }) {
    const served = await agentFor(at(page, input))
    const agent = 'value' in served ? served.value.agent : (await read('agents'))[0]
    if (!agent) return answers.openOptions({}, { page, tab: 0 })
    await browser.tabs.create({ url: clientOf(agent).address() })
    return { value: null }
  },

  async openHistory(input, { page, tab }) {
    const item = allowed(page, input.item)
    if (!item) return refused('item')
    return withAgent(page, input, async (_, agent) => {
      const path = `/${ownPage({ agent, id: itemKey(item), environment: environmentOf(page.host), shows: 'history' })}`
      await browser.tabs.create({ url: browser.runtime.getURL(path as never), openerTabId: tab })
      return { value: null }
    })
  },

  async missing({ feature, anchor, kind }, { page }) {
    const report = { feature, anchor, kind, host: page.host, at: new Date().toISOString() }
    await change('missing', (all) => ({ ...all, [`${kind}/${anchor}`]: report }))
    return { value: null }
  },
}

const reasonOf = ({ reason }: { reason?: string }) => (reason ? { reason: String(reason) } : {})

/** The ERP tool lists one type in each of its tabs; any other list is asked about whole, whatever is filtered or scrolled away. */
function openOf({ kind }: Page, all: readonly ItemType[], shown: readonly string[]): readonly ItemType[] {
  const open = kind === 'erp-tool' ? all.filter((type) => shown.includes(type)) : []
  return open.length > 0 ? open : all
}

async function rememberHost(agent: string, host: string): Promise<void> {
  if ((await read('hosts'))[agent] !== host) await change('hosts', (all) => ({ ...all, [agent]: host }))
}

type Matched = Omit<BodyOf<'matches'>, 'look'>

/** On a list page alone, and of agents that know the page's list and project: an older one would tie all it has. */
async function withMatched<T>(
  page: Page,
  input: { company: string | null; atLeast: number },
  call: (client: Client, matched: Matched, me: MeAnswer) => Promise<Reply<T>>,
): Promise<Reply<T>> {
  const types = listedOn[page.kind]
  if (!types) return refused('list')
  return withAgent(page, input, async (client, _, me) => {
    if (!me.capabilities.includes('tieMatches')) return { problem: { code: 'agent-too-old' } }
    const project = page.project ? { project: page.project } : {}
    return call(client, { company: companyOf(page, input), types: [...types], ...project, atLeast: Number(input.atLeast) }, me)
  })
}

async function withAgent<T>(
  page: Page,
  hint: { company: string | null },
  call: (client: Client, agent: string, me: MeAnswer) => Promise<Reply<T>>,
): Promise<Reply<T>> {
  const served = await agentFor(at(page, hint))
  if ('problem' in served) return served
  const { agent, client, me } = served.value
  return call(client, agent.id, me)
}
