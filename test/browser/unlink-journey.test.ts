import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ItemType } from '../../shared/item.ts'
import { readLines } from '../procore/pages/lines.ts'
import { readCompany } from '../procore/pages/read.ts'
import { buttonsIn, violationsIn } from './closed-root.ts'
import * as journey from './unlink-office.ts'
import { against, email, type Target, until } from './unlink-office.ts'

/** What a reader of each language sees. */
const texts = {
  'fr-CA': {
    name: 'Dissocier',
    done: /Dissociation réussie/,
    contract: /L’engagement est toujours dans l’ERP\. Veuillez le supprimer avant de réessayer\./,
    order: /L’ODCE est toujours dans l’ERP\. Veuillez le supprimer avant de réessayer\./,
    words: { red: 'Pas maintenant', ready: 'Prêt', green: 'Dissocié' },
    kept: {
      '422':
        'Non dissocié +Procore refuse de changer NAME : origin_id: cannot be removed\\. Déverrouillez-le dans Procore ou laissez-le ainsi\\.',
      '200-but-unchanged': 'Non dissocié .*NAME.*\\. \\S',
    },
    undo: 'Annuler la dissociation',
    undone: /De nouveau lié, comme avant/,
  },
  'de-DE': {
    name: 'Verknüpfung aufheben',
    done: /Verknüpfung erfolgreich aufgehoben/,
    contract: /Der Sekundärvertrag ist noch im ERP\. Bitte dort löschen und erneut versuchen\./,
    order: /Der Änderungsauftrag ist noch im ERP\. Bitte dort löschen und erneut versuchen\./,
    words: { red: 'Jetzt nicht', ready: 'Bereit', green: 'Aufgehoben' },
    kept: {
      '422':
        'Verknüpfung nicht aufgehoben +Procore lässt NAME nicht ändern: origin_id: cannot be removed\\. In Procore entsperren oder so lassen\\.',
      '200-but-unchanged': 'Verknüpfung nicht aufgehoben .*NAME.*\\. \\S',
    },
    undo: 'Rückgängig machen',
    undone: /Wieder verknüpft, wie zuvor/,
  },
} as const

/** Real agent, real extension, a made Procore: the books lose a record, and a person takes its link off by keyboard alone. */
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
  function targets(): Record<'subcontract' | 'second' | 'third' | 'order' | 'otherOrder' | 'change' | 'vendor', Target> {
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
      third: contract('work_order_contracts', 'work-order-contract', 2),
      order: contract('purchase_order_contracts', 'purchase-order-contract'),
      otherOrder: contract('purchase_order_contracts', 'purchase-order-contract', 1),
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
  /** axe finds nothing that keeps somebody from using what stands there. */
  const accessible = async (): Promise<void> => expect(await violationsIn(office.page)).toEqual([])
  const says = (text: RegExp) => journey.says(office, text)
  const leave = (target: Target) => journey.leave(office, target)
  const linkOf = (target: Target) => journey.linkOf(office, target)
  const standsAs = async (target: Target, how: keyof (typeof texts)[typeof locale]['words']): Promise<void> =>
    expect.poll(() => journey.outside(office, target), until).toContain(texts[locale].words[how])
  /** The books lose it, and the ledger knows that it is gone. */
  const gone = async (target: Target): Promise<void> => {
    const { erp } = office
    const isChange = target.type === 'commitment-change-order'
    if (!isChange) erp.JCM_MASTER__COMMITMENT = erp.JCM_MASTER__COMMITMENT.filter((row) => row['Commitment'] !== target.key)
    else
      erp.JCM_MASTER__COMMITMENT_CO = erp.JCM_MASTER__COMMITMENT_CO.filter(
        (row) => `${row['Commitment']}|${row['Commitment_CO']}` !== target.key,
      )
    await office.exports(isChange ? 'commitment-cos' : 'commitments')
    expect((await linkOf(target)).unlink?.kind).toBe('ready')
  }
  /** By the button that acts, until ledger, Procore and page say so. */
  const unlinked = async (target: Target): Promise<void> => {
    await journey.act(office, target, texts[locale].name)
    await expect.poll(async () => (await linkOf(target)).status.state, until).toBe('unlinked')
    expect(inProcore(target)).toMatchObject({ origin_id: null })
    await says(texts[locale].done)
    await standsAs(target, 'green')
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
    const before = inProcore(target)?.origin_id
    await asking(target)
    await says(texts[locale][red])
    await standsAs(target, 'red')
    await leave(target)
    // No export tells a commitment's amounts here: it is linked, and not compared.
    const linked = which === 'change' ? 'synced' : 'not-compared'
    expect([inProcore(target)?.origin_id, (await linkOf(target)).status.state]).toEqual([before, linked])
    await gone(target)
    await asking(target)
    await standsAs(target, 'ready')
    await unlinked(target)
    await leave(target)
  })

  test('vendor: nothing has to be deleted first', { timeout: 120_000 }, async () => {
    const target = targets().vendor
    await asking(target)
    await standsAs(target, 'ready')
    await unlinked(target)
    await leave(target)
  })

  describe.runIf(name === 'chromium')('where Procore keeps the link', () => {
    afterEach(() => {
      office.api.behaviour.unlinkNull = 'clears'
    })

    /** What the record and its lines carry of it; the lines are given links of their own. */
    const carrying = ({ id }: Target): (() => (string | null | undefined)[]) => {
      const { company } = office.served
      const lines = company.tables.contract_line_items.heldBy(Number(id)).map((line) => line.id)
      const header = () => company.commitments().find((one) => String(one.id) === id)
      for (const [n, line] of lines.entries()) company.edit('contract_line_items', line, { origin_id: `${header()?.origin_id}#${n + 1}` })
      return () => [header()?.origin_id, ...lines.map((line) => company.tables.contract_line_items.get(line)?.origin_id)]
    }

    test.each([
      ['third', '200-but-unchanged'],
      ['otherOrder', '422'],
    ] as const)(
      '%s: red after the click (%s), nothing half done; once it lets go green, and undone',
      { timeout: 120_000 },
      async (which, how) => {
        const target = targets()[which]
        const carried = carrying(target)
        const before = carried()
        expect(before.length).toBeGreaterThan(1)
        expect(before.filter((one) => typeof one !== 'string')).toEqual([])
        await gone(target)
        office.api.behaviour.unlinkNull = how
        await asking(target)
        await journey.act(office, target, texts[locale].name)
        await says(new RegExp(texts[locale].kept[how].replace('NAME', target.key)))
        expect(await buttonsIn(office.page, texts[locale].name)).toEqual([])
        await accessible()
        await standsAs(target, 'ready')
        await leave(target)
        expect([carried(), (await linkOf(target)).status.state, office.agent.ledger.outbox()]).toEqual([before, 'gone-from-erp', []])
        office.api.behaviour.unlinkNull = 'clears'
        await asking(target)
        await unlinked(target)
        expect(carried()).toEqual(before.map(() => null))
        await journey.act(office, target, texts[locale].undo)
        await says(texts[locale].undone)
        await expect.poll(carried, until).toEqual(before)
        await leave(target)
      },
    )
  })

  test.runIf(role === 'admin')('an admin goes against the forecast, and the ledger says so for ever', { timeout: 120_000 }, async () => {
    const { agent } = office
    const target = targets().second
    await asking(target)
    await journey.override(office, ['Trotzdem aufheben…', 'Trotzdem aufheben'])
    await says(texts[locale].done)
    expect(inProcore(target)).toMatchObject({ origin_id: null })
    const acts = agent.ledger.rows(
      "select p.email, a.after from audit a join people p on p.id = a.person where a.act = 'unlink-overridden'",
    )
    expect(acts.map((act) => [act['email'], JSON.parse(String(act['after'])).reason])).toEqual([[email, against]])
    expect((await linkOf(target)).history.some(({ override }) => override)).toBe(true)
    await leave(target)
  })
})
