import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../../agent/procore/client.ts'
import { costCodes } from '../../../agent/procore/cost-codes.ts'
import type { Where } from '../../../agent/procore/list.ts'
import { standardCostCodes } from '../../../agent/procore/standard-cost-codes.ts'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { openDoor, quickClock } from './open-door.ts'

describe('standard cost codes', () => {
  let standIn: StandIn
  let client: Client
  beforeEach(async () => {
    standIn = await startStandIn()
    client = openDoor(standIn, quickClock())
  })
  afterEach(() => standIn.close())
  const lists = () => standIn.company.tables.standard_cost_code_lists.live()
  const readLists = async (where: Partial<Where> = {}) => {
    const found = new Set<unknown>()
    for await (const page of standardCostCodes.read(client, { project: null, ...where }))
      for (const { content } of page) found.add(content['standard_cost_code_list_id'])
    return [...found]
  }

  it('are those of the ERP’s list', async () => {
    const [erp] = lists()
    expect(await readLists()).toEqual([String(erp!.id)])
  })

  it('are those of the list the settings name', async () => {
    const [, old] = lists()
    expect(await readLists({ costCodeList: String(old!.id) })).toEqual([String(old!.id)])
  })

  it('are all there are while nobody has said which list counts', async () => {
    const [erp] = lists()
    standIn.company.edit('standard_cost_code_lists', erp!.id, { is_erp_list: false })
    expect(await readLists()).toEqual(lists().map(({ id }) => String(id)))
  })
})

describe('cost codes', () => {
  it('of a sub job are found by id too, with their sub job', async () => {
    await using standIn = await startStandIn()
    const under = standIn.company.tables.cost_codes.where((one) => one.sub_job_id !== null)[0]!
    const subJob = standIn.company.tables.sub_jobs.get(under.sub_job_id!)!
    const client = openDoor(standIn, quickClock())
    const [found] = await costCodes.byIds(client, { project: String(under.project_id) }, [String(under.id)])
    expect(found?.content).toMatchObject({ code: under.code, sub_job_id: String(subJob.id), sub_job_code: subJob.code })
  })
})
