import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, asker } from './ask.ts'
import { type StandIn, startStandIn } from './stand-in.ts'

type Row = { id: number; [field: string]: unknown }

describe('lists', () => {
  let standIn: StandIn
  let ask: Ask
  let companyId: number
  let projectId: number
  const rows = async (path: string) => (await ask('GET', path)).json as Row[]
  const rels = (link: string | null) => [...(link ?? '').matchAll(/rel="(\w+)"/g)].map((found) => found[1])

  beforeAll(async () => {
    standIn = await startStandIn()
    ask = await asker(standIn)
    companyId = standIn.company.id
    projectId = standIn.company.tables.projects.all()[0]!.id
  })
  afterAll(() => standIn.close())

  it.each([
    [1, ['next', 'last'], 100],
    [2, ['first', 'next', 'last'], 100],
    [3, ['first', 'prev', 'next', 'last'], 100],
    [4, ['first', 'prev'], 100],
    [5, ['first', 'prev'], 0],
  ])('page %i of 400 vendors by hundreds names %j', async (page, expected, count) => {
    const heard = await ask('GET', `/rest/v1.0/vendors?company_id=${companyId}&page=${page}&per_page=100`)
    expect(rels(heard.headers.get('link'))).toEqual(expected)
    expect(heard.headers.get('total')).toBe('400')
    expect(heard.headers.get('per-page')).toBe('100')
    expect(heard.json).toHaveLength(count)
  })

  it('is read whole by following next', async () => {
    const ids: number[] = []
    let next: string | undefined = `/rest/v1.0/vendors?company_id=${companyId}&per_page=150&view=compact`
    while (next) {
      const heard = await ask('GET', next)
      ids.push(...(heard.json as Row[]).map((row) => row.id))
      const link = /<([^>]+)>; rel="next"/.exec(heard.headers.get('link') ?? '')?.[1]
      next = link?.replace(standIn.url, '')
    }
    expect(new Set(ids).size).toBe(400)
  })

  it('keeps each endpoint’s own limits', async () => {
    const perPage = async (path: string) => (await ask('GET', path)).headers.get('per-page')
    expect(await perPage(`/rest/v1.1/projects?company_id=${companyId}&per_page=1000`)).toBe('300')
    expect(await perPage(`/rest/v1.0/tax_codes?company_id=${companyId}&per_page=500`)).toBe('100')
    expect(await perPage(`/rest/v1.1/requisitions?project_id=${projectId}`)).toBe('30')
    expect(await perPage(`/rest/v1.0/projects/${projectId}/commitment_change_orders`)).toBeNull()
  })

  it('filters by a quoted or bare range of updated_at', async () => {
    const [one] = standIn.company.tables.vendors.all()
    standIn.company.tables.vendors.change(one!.id, { updated_at: '2026-11-02T10:00:00Z' })
    const asked = async (range: string) =>
      (await rows(`/rest/v1.0/vendors?company_id=${companyId}&filters[updated_at]=${encodeURIComponent(range)}`)).map((row) => row.id)
    expect(await asked('"2026-11-02T09:00:00Z...2026-11-02T10:00:00Z"')).toEqual([one!.id])
    expect(await asked('2026-11-02...2026-11-02')).toEqual([one!.id])
    expect(await asked('2026-11-03...2026-11-04')).toEqual([])
  })

  it('filters by origin_id and by several ids', async () => {
    const [a, b] = standIn.company.tables.work_order_contracts.live()
    standIn.company.steal('work_order_contracts', a!.id, 'mine:commitment:1')
    const path = `/rest/v1.0/work_order_contracts?project_id=${projectId}`
    expect((await rows(`${path}&filters[origin_id]=mine:commitment:1`)).map((row) => row.id)).toEqual([a!.id])
    expect((await rows(`${path}&filters[id][]=${a!.id}&filters[id][]=${b!.id}`)).map((row) => row.id)).toEqual([a!.id, b!.id])
  })

  it('shows deleted items only when asked', async () => {
    const gone = standIn.company.tables.purchase_order_contracts.live().at(-1)!
    standIn.company.remove('purchase_order_contracts', gone.id)
    const path = `/rest/v1.0/purchase_order_contracts?project_id=${gone.project_id}&per_page=500`
    const has = async (more: string) => (await rows(path + more)).some((row) => row.id === gone.id)
    expect(await has('')).toBe(false)
    expect(await has('&filters[include_deleted]=with')).toBe(true)
    expect((await rows(`${path}&filters[include_deleted]=only`)).map((row) => row['deleted_at'])).toEqual([expect.any(String)])
    expect((await ask('GET', `/rest/v1.0/purchase_order_contracts/${gone.id}?project_id=${gone.project_id}`)).status).toBe(404)
  })

  it('lists active projects unless asked for all, and never those the app may not see', async () => {
    const path = `/rest/v1.0/projects?company_id=${companyId}`
    expect(await rows(path)).toHaveLength(6)
    expect(await rows(`${path}&filters[by_status]=All`)).toHaveLength(7)
    standIn.company.permittedProjects = new Set([projectId])
    expect((await rows(path)).map((row) => row.id)).toEqual([projectId])
    const other = standIn.company.tables.projects.all()[1]!
    expect((await ask('GET', `/rest/v1.0/work_order_contracts?project_id=${other.id}`)).status).toBe(404)
    standIn.company.permittedProjects = 'all'
  })

  it('shows lines and change orders of a commitment only in the show view, with exact totals', async () => {
    const contract = standIn.company.commitments(projectId).find((one) => one.status === 'Approved')!
    const kind = contract.kind === 'WorkOrderContract' ? 'work_order_contracts' : 'purchase_order_contracts'
    const [listed] = await rows(`/rest/v1.0/${kind}?project_id=${projectId}&filters[id]=${contract.id}`)
    const shown = (await ask('GET', `/rest/v1.0/${kind}/${contract.id}?project_id=${projectId}`)).json as Row
    expect(listed).not.toHaveProperty('line_items')
    const lines = shown['line_items'] as { amount: string }[]
    const cents = lines.reduce((all, line) => all + Math.round(Number(line.amount) * 100), 0)
    expect(Math.round(Number(shown['grand_total']) * 100)).toBe(cents)
    expect(typeof shown['grand_total']).toBe('string')
    expect(shown['vendor']).toMatchObject({ id: contract.vendor_id, company: expect.any(String) })
  })

  it('says the ERP flag of people only in the extended view', async () => {
    const path = `/rest/v1.3/companies/${companyId}/users`
    const flagged = (await rows(`${path}?view=extended`)).filter((row) => row['erp_integrated_accountant'])
    expect(flagged.map((row) => row['is_active'])).toEqual([true, false])
    expect((await rows(path))[0]).not.toHaveProperty('erp_integrated_accountant')
  })
})
