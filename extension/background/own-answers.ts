/** What the background answers the extension's own pages: popup, options and history. */
import browser from 'webextension-polyfill'
import { type PairedAgent, readAddress } from '../../shared/agent-link/agents.ts'
import type { Reply } from '../../shared/agent-link/client.ts'
import { type pageProblem, protocolState } from '../../shared/agent-link/health.ts'
import { pair } from '../../shared/agent-link/pairing.ts'
import { defaultHost } from '../../shared/pages/hosts.ts'
import type { Page } from '../../shared/pages/page.ts'
import type { AgentView, OwnCalls, SiteView } from '../bridge/own-calls.ts'
import { whichPage } from '../pages/which-page.ts'
import { agentFor, clientOf, meOf, wire } from './agents.ts'
import { findAt } from './find.ts'
import { historyAnswers } from './history.ts'
import { joinAnswers, joiningNow } from './joining.ts'
import { keepAgent, refresh } from './keep-agent.ts'
import { change, read, readSettings, without } from './storage.ts'
import { tellPages } from './tell.ts'
import { noteTrouble } from './troubles.ts'
import { readerWords } from './words.ts'

type Answers = { [N in keyof OwnCalls]: (input: OwnCalls[N]['input']) => Promise<Reply<OwnCalls[N]['output']>> }

export const ownAnswers: Answers = {
  async overview() {
    const agents = await Promise.all((await read('agents')).map(viewOf))
    const site = await siteInFront()
    const joining = await joiningNow()
    return { value: { agents, site, host: site?.host ?? (await hostInUse()), joining, words: await readerWords() } }
  },

  async find({ text }) {
    const asked = String(text).trim()
    if (asked === '') return { value: { hits: [], more: false, trouble: null } }
    return findAt(asked.slice(0, 100), await pageInFront(), await readerWords())
  },

  words: async () => ({ value: await readerWords() }),

  async pair({ address, code, label }) {
    const reply = await pair(wire, { address, code, label })
    if ('problem' in reply) return reply
    await keepAgent(reply.value)
    return { value: { name: reply.value.name } }
  },

  ...joinAnswers,

  async forget({ id }) {
    await change('agents', (all) => all.filter((agent) => agent.id !== id))
    for (const name of ['me', 'hosts', 'lastKnown', 'lastEvent', 'troubles'] as const)
      await change(name, (all) => without<never>(all as never, id))
    await refresh(id)
    return { value: null }
  },

  async settings() {
    const agents = (await read('agents')).map(({ id, name, addresses, person }) => ({ id, name, addresses, person: person.name }))
    return { value: { settings: await readSettings(), agents, joining: await joiningNow() } }
  },

  async save(changes) {
    await change('settings', (now) => ({ ...now, ...changes }))
    await tellPages(() => ({ news: 'settings' }))
    return { value: null }
  },

  async pause({ host, paused }) {
    const { paused: hosts } = await readSettings()
    return ownAnswers.save({ paused: [...hosts.filter((other) => other !== host), ...(paused ? [host] : [])] })
  },

  async addresses({ id, addresses }) {
    const origins = addresses.map(readAddress)
    if (origins.length === 0 || origins.includes(null)) return { problem: { code: 'agent-unreachable' } }
    const good = origins.filter((origin) => origin !== null)
    await change('agents', (all) => all.map((agent) => (agent.id === id ? { ...agent, addresses: good } : agent)))
    await refresh(id)
    return { value: null }
  },

  async openAgent({ id }) {
    const agent = (await read('agents')).find((one) => one.id === id)
    if (agent) await browser.tabs.create({ url: clientOf(agent).address() })
    return { value: null }
  },

  ...historyAnswers,

  async retryCause({ id, cause }) {
    const agent = (await read('agents')).find((one) => one.id === id)
    return agent ? clientOf(agent).call('retryProblems', { body: { cause } }) : { problem: { code: 'not-paired' } }
  },
}

/** How an agent stands now; asked anew each time, since the popup is opened to know. */
async function viewOf(agent: PairedAgent): Promise<AgentView> {
  const client = clientOf(agent)
  const [me, overview, runs, problems] = await Promise.all([
    client.call('me'),
    client.call('overview'),
    client.call('runs', { query: { limit: 5 } }),
    client.call('problems', { query: {} }),
  ])
  const trouble = 'problem' in me ? me.problem : versionTrouble(me.value)
  await noteTrouble(agent.id, trouble)
  const known = 'value' in me ? me : await meOf(agent)
  return {
    id: agent.id,
    name: agent.name,
    address: client.address(),
    addresses: agent.addresses,
    freshness: 'value' in overview ? overview.value.connections : [],
    person: agent.person,
    version: 'value' in known ? known.value.version : null,
    trouble,
    connections: 'value' in known ? known.value.connections : [],
    runs: 'value' in runs ? runs.value.runs : [],
    problems: 'value' in problems ? problems.value.groups : [],
    problemTotal: 'value' in problems ? problems.value.total : 0,
    moreProblems: 'value' in problems ? (problems.value.moreGroups ?? 0) : 0,
    problemsAsOf: 'value' in problems ? (problems.value.asOf ?? new Date().toISOString()) : null,
  }
}

const versionTrouble = (me: Parameters<typeof pageProblem>[0]) => {
  const state = protocolState(me.protocol)
  return state === 'ok' ? null : { code: state }
}

/** The zone any open tab of Procore shows; without one the default zone, where everyone may sign in (seen 2026-06). */
async function hostInUse(): Promise<string> {
  const pages = (await browser.tabs.query({})).flatMap(({ url }) => (url ? (whichPage(url) ?? []) : []))
  return pages[0]?.host ?? defaultHost
}

async function pageInFront(): Promise<Page | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
  return tab?.url ? whichPage(tab.url) : null
}

async function siteInFront(): Promise<SiteView | null> {
  const page = await pageInFront()
  if (!page) return null
  const { paused } = await readSettings()
  const served = await agentFor(page)
  const missing = Object.values(await read('missing')).filter(({ kind, host }) => kind === page.kind && host === page.host)
  return {
    host: page.host,
    paused: paused.includes(page.host),
    trouble: 'problem' in served ? served.problem : null,
    missing: missing.map(({ anchor }) => anchor),
  }
}
