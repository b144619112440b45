import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ItemType } from '../../shared/item.ts'
import { readLines } from '../procore/pages/lines.ts'
import { readCompany } from '../procore/pages/read.ts'
import * as journey from './unlink-office.ts'
import { against, email, reason, type Target, until } from './unlink-office.ts'

/** What a reader of each language sees. */
const texts = {
  'fr-CA': {
    name: 'Dissocier',
    done: /Dissociation réussie/,
    contract: /L’engagement est toujours dans l’ERP\. Veuillez le supprimer avant de réessayer\./,
    order: /L’ODCE est toujours dans l’ERP\. Veuillez le supprimer avant de réessayer\./,
  },
  'de-DE': {
    name: 'Verknüpfung aufheben',
    done: /Verknüpfung erfolgreich aufgehoben/,
    contract: /Der Sekundärvertrag ist noch im ERP\. Bitte dort löschen und erneut versuchen\./,
    order: /Der Änderungsauftrag ist noch im ERP\. Bitte dort löschen und erneut versuchen\./,
  },
} as const

/** Real agent, real extension, a made Procore: the books lose a record, and a person takes its link off by keyboard. */
describe.each([
  ['chromium', 'fr-CA', 'accountant'],
  ['chromium', 'de-DE', 'admin'],
  ['firefox', 'de-DE', 'accountant'],
] as const)('an unlink from the books to the page, in %s, %s, as %s', (name, locale, role) => {
  let office: journey.Office

  beforeAll(async () => {
    const take = ['jobs', 'vendors', 'commitments', 'commitment-cos'] as const
    const writing = { vendors: 'on', commitments: 'on', 'commitment-cos': 'on' } as const
    office = await journey.openOffice({ browser: name, locale, role, take, writing })
  }, 120_000)
  afterAll(() => office.close())

  /** Records of the busiest project that carry our link; contracts that nothing linked stands under. */
  function targets(): Record<'subcontract' | 'second' | 'order' | 'change' | 'vendor', Target> {
    const { agent, served } = office
    const { company, project } = served
    const { changeOrdersOf } = readLines(company, readCompany(company).commitments)
    const ours = new Map(
      (['commitments', 'commitment-cos', 'vendors'] as const)
        .flatMap((entity) => agent.ledger.links(entity))
        .flatMap(({ item, type, key }) => (item && type ? [[`${type}:${item}`, key] as const] : [])),
    )
    const all = readCompany(company).commitments(project)
    const withChanges = all.filter((one) => changeOrdersOf(project, one).some(({ id }) => ours.has(`commitment-change-order:${id}`)))
    const contract = (path: string, type: ItemType, nth = 0): Target => {
      const free = all.filter((each) => each.type === path && ours.has(`${type}:${each.id}`) && changeOrdersOf(project, each).length === 0)
      const one = free[nth]
      const address = `https://us02.procore.com/webclients/host/companies/${company.id}/projects/${project}/tools/contracts/commitments/${path}/${one?.id}`
      return { type, id: String(one?.id), key: ours.get(`${type}:${one?.id}`) ?? '', address }
    }
    const order = withChanges.flatMap((one) => changeOrdersOf(project, one)).find(({ id }) => ours.has(`commitment-change-order:${id}`))
    const [vendor = ''] = [...ours.keys()].filter((key) => key.startsWith('vendor:')).map((key) => key.split(':')[1] ?? '')
    return {
      subcontract: contract('work_order_contracts', 'work-order-contract'),
      second: contract('work_order_contracts', 'work-order-contract', 1),
      order: contract('purchase_order_contracts', 'purchase-order-contract'),
      change: {
        ...{ type: 'commitment-change-order', id: String(order?.id), key: ours.get(`commitment-change-order:${order?.id}`) ?? '' },
        address: `https://us02.procore.com${order?.href}`,
      },
      vendor: {
        ...{ type: 'vendor', id: vendor, key: ours.get(`vendor:${vendor}`) ?? '' },
        address: `https://us02.procore.com/${project}/project/directory/vendors/${vendor}/edit`,
      },
    }
  }

  const asking = (target: Target) => journey.asking(office, target)
  const says = (text: RegExp) => journey.says(office, text)
  const leave = () => journey.leave(office)
  const linkOf = (target: Target) => journey.linkOf(office, target)
  const begun = (target: Target) => journey.begun(office, target)
  /** Once the ledger knows that it is gone. */
  const gone = async (target: Target, lose: () => Promise<void>): Promise<void> => {
    await lose()
    expect((await linkOf(target)).unlink?.kind).toBe('ready')
  }
  const unlinked = async (target: Target): Promise<void> => {
    await (name === 'chromium' ? journey.byMouse(office, target, texts[locale].name) : byKeyboard(target))
    await expect.poll(async () => (await linkOf(target)).status.state, until).toBe('unlinked')
  }
  const byKeyboard = async (target: Target): Promise<void> => {
    const { page } = office
    const { unlink } = await linkOf(target)
    if (unlink?.reason) {
      await page.keyboard.down('Shift')
      await page.keyboard.press('Tab')
      await page.keyboard.up('Shift')
      await page.keyboard.type(reason)
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Tab')
    await expect
      .poll(async () => {
        if (await page.$('tieback-unlink[aria-busy="false"]')) await page.keyboard.press('Enter')
        return begun(target)
      }, until)
      .toBe(true)
  }
  const inProcore = ({ type, id }: Target) => {
    const { tables } = office.served.company
    const table = {
      'work-order-contract': tables.work_order_contracts,
      'purchase-order-contract': tables.purchase_order_contracts,
      'commitment-change-order': tables.change_order_packages,
      vendor: tables.vendors,
    }[type as 'vendor']
    return table.live().find((one) => String(one.id) === id)
  }

  test.each([
    ['subcontract', 'contract'],
    ['order', 'contract'],
    ['change', 'order'],
  ] as const)('%s: red while the books have it, green once they lost it', { timeout: 120_000 }, async (which, red) => {
    const target = targets()[which]
    await asking(target)
    await says(texts[locale][red])
    await leave()
    await gone(target, async () => {
      const { erp } = office
      if (which !== 'change') erp.JCM_MASTER__COMMITMENT = erp.JCM_MASTER__COMMITMENT.filter((row) => row['Commitment'] !== target.key)
      else
        erp.JCM_MASTER__COMMITMENT_CO = erp.JCM_MASTER__COMMITMENT_CO.filter(
          (row) => `${row['Commitment']}|${row['Commitment_CO']}` !== target.key,
        )
      const entity = which === 'change' ? 'commitment-cos' : 'commitments'
      await office.exports(entity)
    })
    await asking(target)
    await unlinked(target)
    await says(texts[locale].done)
    expect(inProcore(target)).toMatchObject({ origin_id: null })
    await leave()
  })

  test('vendor: nothing has to be deleted first', { timeout: 120_000 }, async () => {
    const target = targets().vendor
    await asking(target)
    await unlinked(target)
    await says(texts[locale].done)
    expect(inProcore(target)).toMatchObject({ origin_id: null })
    await leave()
  })

  test.runIf(role === 'admin')('an admin goes against the forecast, and the ledger says so for ever', { timeout: 120_000 }, async () => {
    const { agent } = office
    const target = targets().second
    await asking(target)
    await journey.override(office, target, ['Trotzdem aufheben…', 'Trotzdem aufheben'])
    await says(texts[locale].done)
    expect(inProcore(target)).toMatchObject({ origin_id: null })
    const acts = agent.ledger.rows(
      "select p.email, a.after from audit a join people p on p.id = a.person where a.act = 'unlink-overridden'",
    )
    expect(acts.map((act) => [act['email'], JSON.parse(String(act['after'])).reason])).toEqual([[email, against]])
    expect((await linkOf(target)).history.some(({ override }) => override)).toBe(true)
    await leave()
  })
})
