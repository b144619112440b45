import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cliKey } from '../../../agent/cli/cli-key.ts'
import { UsageFault } from '../../../agent/cli/command.ts'
import { openQuietAgent, type QuietAgent } from '../../../agent/cli/quiet-agent.ts'
import { recordNamed } from '../../../agent/cli/record-named.ts'
import { openWriting } from '../../../agent/ledger/open.ts'
import { entityOfItem, type ItemType, itemTypes } from '../../../shared/item.ts'
import { addresses, C, ID, KC, L, N } from '../../shared/pages/addresses.ts'
import { type TempFolder, tempFolder } from '../../support/temp-folder.ts'

let folder: TempFolder
let quiet: QuietAgent

/** A connection of a company of this environment of Procore. */
const connect = (name: string, company: string, environment: string) =>
  quiet.call('addConnection', {
    ...{ name, connector: 'folder', erpCompany: 'Timberline', procoreCompany: company, owner: 'tieback' },
    settings: { erp: 'Sage 300 CRE', connector: {}, procore: { environment, clientId: 'x', credential: 'x' } },
    by: { person: null, origin: 'test' },
  })
const named = (text: string): Promise<string> => recordNamed(text, quiet.ask)
const refusal = (text: string): Promise<string> => {
  const said = named(text).then((id) => Promise.reject(new Error(`${text} was taken for ${id}`)))
  return said.catch((error: unknown) => {
    if (error instanceof UsageFault) return error.message
    throw error
  })
}

beforeAll(async () => {
  folder = await tempFolder('named')
  quiet = await openQuietAgent(`${folder.path}/ledger.db`, 'Practice', await cliKey(folder.path))
  await connect('Books', C, 'production')
})
afterAll(async () => {
  quiet.close()
  await folder[Symbol.asyncDispose]()
})

/** The record a page is of, where there can be a link. A budget only says how its project stands. */
function linkable(shown: string): string | null {
  const [, kind, id = null] = /^(\S+) (\S+:\d+)/.exec(shown) ?? []
  return id !== null && kind !== 'budget' && entityOfItem[id.split(':')[0] as ItemType] !== undefined ? id : null
}
const isSandbox = (address: string): boolean => /\/\/(?:api-)?sandbox/.test(address)
const all = addresses.filter(([address]) => address.includes('/'))
const records = all.filter(([address, shown]) => linkable(shown) !== null && !isSandbox(address))

describe('a record named by the address of its page', () => {
  it.each(records)('%s is %s', async (address, shown) => expect(await named(address)).toBe(linkable(shown)))

  it.each(all.filter((one) => !records.includes(one)))('%s is refused, with what to do: %s', async (address) =>
    expect(await refusal(address)).toMatch(/copy its address from the browser|Name the record that is|Ask the agent that serves it/),
  )

  it('covers every kind of record that can be linked and has a page of its own', () => {
    const types = new Set(records.map(([, shown]) => linkable(shown)?.split(':')[0]))
    expect([...types].toSorted()).toEqual(
      [
        ...['commitment-change-order', 'contract-payment', 'direct-cost', 'payment-application', 'prime-contract', 'project'],
        ...['purchase-order-contract', 'requisition', 'vendor', 'work-order-contract'],
      ].toSorted(),
    )
  })

  it('may come without its protocol', async () => {
    const address = `${L}/direct_costs/${ID}`
    expect(await named(address.replace('https://', ''))).toBe(`direct-cost:${ID}`)
  })

  it.each(['work-order-contract:4455', '812', 'vendors/OLD', 'commitment-cos/SC-1|1', 'vendors/A.B/C'])(
    'is left as it is where it is none: %s',
    async (text) => expect(await named(text)).toBe(text),
  )
})

describe('an address is refused, and why is said', () => {
  it.each([
    ['a list', `${N}/contracts/commitments`, /That page \(commitments\) is not one record’s own/],
    ['a budget', `${L}/budgeting`, /That page \(budget\) is not one record’s own/],
    ['the ERP tool', `${KC}/erp_integrations/job_costs`, /That page \(erp-tool\) is not one record’s own/],
    ['another host', `https://example.com/9/project/direct_costs/${ID}`, /^example\.com shows no pages of Procore/],
    ['Procore’s login', `https://login.procore.com/9/project/direct_costs/${ID}`, /^login\.procore\.com shows no pages/],
    [
      'another company',
      `${N.replace(C, '77')}/contracts/commitments/work_order_contracts/${ID}`,
      /of company 77, production; this agent serves/,
    ],
    [
      'another environment',
      `https://sandbox.procore.com/9/project/direct_costs/${ID}`,
      /is of sandbox; this agent serves .* \(production\)/,
    ],
    ['the monthly copy', `https://api-sandbox-monthly.procore.com/9/project/direct_costs/${ID}`, /is of monthly/],
    ['what is never linked', `${L}/change_events/events/${ID}`, /A change-event is never linked: no export holds one/],
    [
      'what Tieback ties to nothing, and Procore’s connector may',
      `${L}/prime_contracts/7/change_orders/change_order_packages/${ID}`,
      /^Tieback ties no prime-change-order: .*Where Procore’s own connector holds its link, it is unlinked in Procore’s ERP Integrations tool\. /,
    ],
    ['a printout', `${L}/commitments/work_order_contracts/${ID}.pdf`, /shows no record Tieback knows/],
  ])('%s', async (_name, address, why) => expect(await refusal(address)).toMatch(why))
})

it('the same number in Procore’s monthly copy is not taken for the one that was named', async () => {
  const copy = await connect('Copy', '88', 'monthly')
  const raw = await openWriting(`${folder.path}/ledger.db`)
  raw
    .prepare('insert into items (connection, type, id, project, content, seen_at) values (?, ?, ?, null, ?, 1)')
    .run(copy, itemTypes.indexOf('vendor'), '4455', '{"name":"Acme"}')
  raw.close()
  const vendor = '/9/project/directory/vendors/4455'
  expect(await named(`https://api-sandbox-monthly.procore.com${vendor}`)).toBe('vendor:4455')
  expect(await refusal(`https://us02.procore.com${vendor}`)).toMatch(/is of production; this agent serves .*88 \(monthly\)/)
})
