import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { syncCall } from '../../../agent/outbox/sync-call.ts'
import type { Client } from '../../../agent/procore/client.ts'
import { costCodes } from '../../../agent/procore/cost-codes.ts'
import { standardCostCodes } from '../../../agent/procore/standard-cost-codes.ts'
import { rowsSent } from '../../flow/books.ts'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { openDoor, quickClock } from '../procore/open-door.ts'

describe('rows that belong to different places', () => {
  let standIn: StandIn
  let client: Client
  beforeEach(async () => {
    standIn = await startStandIn()
    client = openDoor(standIn, quickClock())
  })
  afterEach(async () => {
    expect(standIn.violations).toEqual([])
    await standIn.close()
  })
  const calls = () => standIn.requests.filter(({ path }) => path.endsWith('/sync'))

  it('go by one call for the project and one for each sub job, and are answered in their order', async () => {
    const [subJob] = standIn.company.tables.sub_jobs.live()
    const row = (n: number, sub_job_id: string | null) => ({
      ...{ originId: `k:${n}`, origin: `k:${n}`, called: String(n) },
      fields: { code: `50-${n}`, name: `New ${n}`, sub_job_id },
    })
    const rows = [row(1, String(subJob!.id)), row(2, null), row(3, String(subJob!.id))]
    const answers = await syncCall(client, costCodes, { project: String(subJob!.project_id) }, rows)
    expect(answers.map((answer) => 'item' in answer && [answer.item.originId, answer.item.content['sub_job_id']])).toEqual([
      ['k:1', String(subJob!.id)],
      ['k:2', null],
      ['k:3', String(subJob!.id)],
    ])
    expect(calls().map(({ query }) => query.includes('sub_job_id'))).toEqual([true, false])
    for (const sent of rowsSent(standIn.requests, /cost_codes/)) expect(sent).not.toHaveProperty('sub_job_id')
  })

  it('stay where Procore holds them when only their owner or their name is sent', async () => {
    const under = standIn.company.tables.cost_codes.where((one) => one.sub_job_id !== null)[0]!
    const where = { project: String(under.project_id) }
    const [known] = await costCodes.byIds(client, where, [String(under.id)])
    const row = { id: String(under.id), origin: 'k:own', fields: {}, called: under.code, held: known!.content }
    const [answer] = await syncCall(client, costCodes, where, [row])
    expect(answer).toMatchObject({ item: { originId: 'k:own', content: { sub_job_code: known!.content['sub_job_code'] } } })
  })

  it('are not sent while nobody has said to which list of standard codes they belong', async () => {
    const [list] = standIn.company.tables.standard_cost_code_lists.live()
    const row = { originId: 'k:s', origin: 'k:s', fields: { code: '51-1000', name: 'New' }, called: 's' }
    const where = { project: null }
    expect(await syncCall(client, standardCostCodes, where, [row])).toMatchObject([{ notDone: { code: 'value-unsendable' } }])
    expect(calls()).toEqual([])
    const named = { ...row, fields: { ...row.fields, standard_cost_code_list_id: String(list!.id) } }
    expect(await syncCall(client, standardCostCodes, where, [named])).toMatchObject([{ item: { originId: 'k:s' } }])
    const bySetting = { ...row, originId: 'k:t', origin: 'k:t', fields: { code: '52-1000', name: 'New' } }
    const [answer] = await syncCall(client, standardCostCodes, { ...where, costCodeList: String(list!.id) }, [bySetting])
    expect(answer).toMatchObject({ item: { content: { standard_cost_code_list_id: String(list!.id) } } })
  })
})
