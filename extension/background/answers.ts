/** What the background answers pages. Item, company and host come from the sender's own address; the message only says which of the listed. */
import browser from 'webextension-polyfill'
import type { Client, Reply } from '../../shared/agent-link/client.ts'
import type { MeAnswer } from '../../shared/api/me.ts'
import type { BodyOf } from '../../shared/api.ts'
import { itemKey } from '../../shared/item.ts'
import { listGroups } from '../../shared/list-group.ts'
import { environmentOf } from '../../shared/pages/hosts.ts'
import type { Page } from '../../shared/pages/page.ts'
import { ownPage } from '../bridge/own-pages.ts'
import { features } from '../features/names.ts'
import { listedOn } from '../pages/lists.ts'
import { agentFor, clientOf } from './agents.ts'
import { allowed } from './allowed.ts'
import { type Answers, at, companyOf, named, openOf, refused, withAgent } from './asked.ts'
import { badgesOf, unknownBadges } from './badges.ts'
import { shown } from './forecasts.ts'
import { listView } from './list-view.ts'
import { look } from './live.ts'
import { statusesOf } from './statuses.ts'
import { change, read, readSettings } from './storage.ts'
import { unlinkAnswers } from './unlink-answers.ts'
import { readerWords } from './words.ts'

export const answers: Answers = {
  ...unlinkAnswers,

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
    const all = listedOn[page.kind]
    if (!all) return refused('list')
    const served = await agentFor(at(page, input))
    if ('problem' in served) return served
    const { client, me } = served.value
    if (!me.capabilities.includes('lists')) return { problem: { code: 'agent-too-old' } }
    const types = [...openOf(page, all, input.types)]
    // The ERP tool lists what all projects hold.
    const where = { company: companyOf(page, input), project: page.project, ...(page.kind === 'erp-tool' ? { everywhere: true } : {}) }
    const body = { ...where, types, ...(group ? { group } : {}) }
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
