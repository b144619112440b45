/** What stands beside the link (origin_code, origin_data) is taken off and put back with it, or nothing is. */
import { afterEach, describe, expect, it } from 'vitest'
import { type Linked, linkedCommitment, linkedCost } from './linked.ts'

let one: Linked
afterEach(() => one.standIn.close())
const codes = () => one.firm.problems().map(({ code }) => code)
const modes = ['strict', 'lenient'] as const

type Row = Record<string, unknown>

/** Procore answers as if all were well and leaves a field of one call's rows as it is; `sets`: of a call that puts links back, else of one that takes them off. */
function ignoring(path: RegExp, field: 'origin_code' | 'origin_data', sets: boolean): { ignored: number } {
  const seen = { ignored: 0 }
  const { client } = one.firm
  one.firm.client = {
    ...client,
    async write(ask) {
      const body = JSON.parse(ask.body ?? '{}') as { updates?: Row[] }
      const fits =
        path.test(ask.path) && seen.ignored === 0 && body.updates?.some((row) => field in row && (row['origin_id'] !== null) === sets)
      if (!fits || !body.updates) return client.write(ask)
      seen.ignored += 1
      const updates = body.updates.map(({ [field]: _, ...rest }) => rest)
      return client.write({ ...ask, body: JSON.stringify({ ...body, updates }) })
    },
  }
  return seen
}

const commitment = [
  ['the text of a commitment', linkedCommitment, /contracts\/sync/, 'origin_data'],
  ['the code of a commitment', linkedCommitment, /contracts\/sync/, 'origin_code'],
  ['the text of its lines', linkedCommitment, /line_items\/sync/, 'origin_data'],
  ['the text of a direct cost', linkedCost, /direct_costs\/sync/, 'origin_data'],
  ['the text of its line', linkedCost, /direct_costs\/line_items\/sync/, 'origin_data'],
] as const

describe.each(modes)('Procore %s', (mode) => {
  it.each(commitment)('keeps %s when the link is taken off: it is a lock, and all is as it was', async (_, make, path, field) => {
    one = await make({ mode })
    const before = one.origins()
    const seen = ignoring(path, field, false)
    await one.unlink()
    expect([seen.ignored, one.origins(), codes()]).toEqual([1, before, ['link-unchanged']])
  })

  it.each(commitment)(
    'does not take %s when the link is put back: the undo is refused, and all is free again',
    async (_, make, path, field) => {
      one = await make({ mode })
      const linked = one.origins()
      await one.unlink()
      const before = one.origins()
      const seen = ignoring(path, field, true)
      await one.relink()
      expect([seen.ignored, one.origins(), codes()]).toEqual([1, before, ['undo-unchanged']])
      expect(one.firm.state(one.record)).toBe('unlinked')
      await one.relink()
      expect([one.origins(), one.firm.state(one.record)]).toEqual([linked, 'synced'])
    },
  )
})

/** Procore answers well and then has it otherwise: only reading back shows it. */
function changing(path: RegExp, sets: boolean, to: string): void {
  const { client } = one.firm
  let times = 0
  one.firm.client = {
    ...client,
    async write(ask) {
      const answer = await client.write(ask)
      const [row] = (JSON.parse(ask.body ?? '{}') as { updates?: Row[] }).updates ?? []
      if (path.test(ask.path) && row && (row['origin_id'] !== null) === sets && times++ === 0)
        one.standIn.company.edit('work_order_contracts', one.all[0]!.id, { origin_data: to })
      return answer
    },
  }
}

describe('read back by itself', () => {
  it('an item that still has its text is not unlinked', async () => {
    one = await linkedCommitment()
    const before = one.origins()
    changing(/contracts\/sync/, false, 'h')
    await one.unlink()
    expect([one.origins(), codes()]).toEqual([before, ['link-unchanged']])
  })

  it('an item that has another text is not linked again', async () => {
    one = await linkedCommitment()
    await one.unlink()
    const before = one.origins()
    changing(/contracts\/sync/, true, 'another')
    await one.relink()
    expect([one.origins(), codes(), one.firm.state(one.record)]).toEqual([before, ['undo-unchanged'], 'unlinked'])
  })
})
