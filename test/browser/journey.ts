import type { Page } from 'puppeteer'
import { books, exportOf } from '../flow/books.ts'
import { type RunningAgent, startAgent, startAgentAt } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { type BrowserName, extensionFor, type OpenBrowser, openBrowser } from './browsers.ts'
import { type ServedPages, startPages } from './start-pages.ts'

type Painted = { id: string; state: string; hollow: boolean }

/** One person's day in one browser: a real agent with its folder, the real extension, a made Procore, and the commitments list open. */
export class Journey {
  readonly name: BrowserName
  readonly open: OpenBrowser
  readonly page: Page
  agent: RunningAgent
  private readonly served: ServedPages
  private readonly api: Awaited<ReturnType<typeof standInWithAccess>>
  private readonly erp: ReturnType<typeof books>

  private constructor(
    parts: Pick<Journey, 'name' | 'open' | 'page' | 'agent'> & { served: ServedPages; api: Journey['api']; erp: Journey['erp'] },
  ) {
    this.name = parts.name
    this.open = parts.open
    this.page = parts.page
    this.agent = parts.agent
    this.served = parts.served
    this.api = parts.api
    this.erp = parts.erp
  }

  /** Everything stands, the books are taken and Procore was read; the browser is not paired yet. */
  static async begin(name: BrowserName): Promise<Journey> {
    const served = await startPages()
    const api = await standInWithAccess({ company: served.company })
    const agent = await startAgent({ access: api.access })
    const erp = books()
    for (const entity of ['jobs', 'vendors', 'commitment-items', 'commitments'] as const) await agent.export(exportOf(erp, entity), entity)
    await agent.atRest()
    const open = await openBrowser(name, { standIn: served, extensionDir: extensionFor(name) })
    const page = await open.browser.newPage()
    await page.setViewport({ width: 1280, height: 800 })
    return new Journey({ name, open, page, agent, served, api, erp })
  }

  async end(): Promise<void> {
    await this.open.close()
    await this.agent[Symbol.asyncDispose]()
    await this.api.close()
    await this.served.close()
  }

  openList(): Promise<unknown> {
    const { company, project } = this.served
    return this.page.goto(
      `https://us02.procore.com/webclients/host/companies/${company.id}/projects/${project}/tools/contracts/commitments`,
    )
  }

  painted(): Promise<Painted[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.tieback-badge')].flatMap((badge) => {
        const { state, look } = badge.querySelector<HTMLElement>('.tieback-pill')?.dataset ?? {}
        return state ? [{ id: badge.dataset['key']?.split(':')[1] ?? '', state, hollow: look === 'hollow' }] : []
      }),
    )
  }

  async stateOf(id: string): Promise<string | undefined> {
    return (await this.painted()).find((one) => one.id === id)?.state
  }

  /** What the ledger says of these commitments, by id. */
  async told(ids: readonly string[]): Promise<Map<string, string>> {
    const { items } = await this.agent.status(ids.map((id) => ({ type: this.typeOf(id), id, project: this.served.project })))
    return new Map(items.map(({ id, state }) => [id, state]))
  }

  /** Closes a commitment in the books, or opens it again, and exports them anew. */
  async toggleClosed(id: string): Promise<void> {
    const record = this.erp.JCM_MASTER__COMMITMENT.find((one) => one['Commitment'] === this.commitment(id)?.number)
    if (!record) throw new Error(`The books hold no commitment with Procore's id ${id}.`)
    record['Closed'] = record['Closed'] === '1' ? '0' : '1'
    await this.agent.export(exportOf(this.erp, 'commitments'), 'commitments')
  }

  /** The agent ends; the answer starts it again at the same address. */
  async stopAgent(): Promise<() => Promise<void>> {
    const { home } = this.agent
    await this.agent.stop()
    return async () => {
      this.agent = await startAgentAt(home)
    }
  }

  private commitment(id: string) {
    return this.served.company.commitments(Number(this.served.project)).find((one) => String(one.id) === id)
  }

  private typeOf(id: string) {
    return this.commitment(id)?.kind === 'PurchaseOrderContract' ? ('purchase-order-contract' as const) : ('work-order-contract' as const)
  }
}
