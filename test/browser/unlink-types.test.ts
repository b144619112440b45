import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { complete } from '../../agent/cli/complete.ts'
import { unlink } from '../../agent/cli/unlink.ts'
import type { Entity, ItemType } from '../../shared/item.ts'
import { keyText } from '../../shared/record-key.ts'
import type { ErpRecord } from '../procore/erp-company.ts'
import type { ListName } from '../procore/pages/lines.ts'
import { readCompany } from '../procore/pages/read.ts'
import { paymentKey } from '../support/payment-key.ts'
import { buttonsIn } from './closed-root.ts'
import * as journey from './unlink-office.ts'
import { type Target, until } from './unlink-office.ts'

const locales = ['fr-CA', 'de-DE'] as const
type Locale = (typeof locales)[number]

/** What a reader of each language sees. */
const texts = {
  'fr-CA': {
    ...{ name: 'Dissocier', open: 'Dissocier…', done: /Dissociation réussie Modifiable de nouveau dans Procore\./ },
    payment: /Le paiement est toujours dans l’ERP\. Veuillez le supprimer avant de réessayer\./,
    notSaid: /^Dissocier \S+ ?Non connu Absent de .+\(« tieback complete »\)/,
    there: /Le coût direct est toujours dans l’ERP\. .*Pas maintenant .+ une fois supprimé là-bas, un admin décide\./,
    cost: /Non connu Les exports de ce type ne contiennent qu’une partie des écritures : ce qui manque n’est pas forcément supprimé\./,
    against: ['Dissocier quand même…', 'Dissocier quand même'],
    compared: 'DissocierPas maintenant Rien n’est lié dans Procore : Tieback compare seulement.',
    pageless: 'Aucune page propre n’est connue dans Procore. Ce qu’il y a à faire se fait sur l’ordinateur de l’agent.',
    pills: ['Synchronisé', 'Absent de l’ERP', 'Dissocié'],
  },
  'de-DE': {
    ...{ name: 'Verknüpfung aufheben', open: 'Verknüpfung aufheben…' },
    done: /Verknüpfung erfolgreich aufgehoben In Procore wieder bearbeitbar\./,
    payment: /Die Zahlung ist noch im ERP\. Bitte dort löschen und erneut versuchen\./,
    notSaid: /Nicht bekannt Nicht in .+Legt ein Admin fest, dass sie es tun \(„tieback complete“\), gilt als gelöscht, was darin fehlt\./,
    there: /Die direkten Kosten sind noch im ERP\. .*Jetzt nicht .+ Ist es dort gelöscht, entscheidet ein Admin\./,
    cost: /Nicht bekannt Exporte dieser Art enthalten nur einen Teil der Buchungen: Was fehlt, muss nicht gelöscht sein\./,
    against: ['Trotzdem aufheben…', 'Trotzdem aufheben'],
    compared: 'Verknüpfung aufhebenJetzt nicht In Procore ist nichts verknüpft: Tieback vergleicht nur.',
    pageless: 'In Procore ist keine eigene Seite dafür bekannt. Was zu tun ist, geschieht am Computer des Agenten.',
    pills: ['Synchron', 'Fehlt im ERP', 'Gelöst'],
  },
} as const

const owners = { customer: 'Customer', invoice: 'Invoice', draw: 'Draw', job: 'Job', invoice_date: 'Date', amount: 'Amount' }
const mappings = [{ entity: 'ar-invoices', columns: { ...owners, retainage: 'Retainage', status: 'Status' } }]
const payables = ['ap-invoices', 'ap-distributions', 'ap-payments'] as const

const costKey = (row: ErpRecord): string => keyText([row['Run'], row['Batch'], row['Sequence'], row['Dist_Sequence']])
/** Of an extra, or of a cost code of the job itself. */
const codeKey = (row: ErpRecord): string =>
  keyText([row['Job'], row['Extra'], ...(row['Cost_Code'] === undefined ? [] : [row['Cost_Code']])])

/** What the ledger ties and Procore never carries a link of. */
const compared = [
  ['subcontractor invoice', 'subcontractor-invoices', 'ap-invoices'],
  ['owner invoice', 'owner-invoices', 'ar-invoices'],
  ['prime contract', 'prime-contracts', 'prime-contracts'],
] as const

/** Every type the first journeys (unlink-journey.test.ts) leave out, by keyboard alone: one office, one browser, each reader with records of their own. */
describe('an unlink of every other type, from the books to the page, in Chromium', () => {
  let office: journey.Office
  let targets: Record<'payment' | 'cost' | 'subJob' | 'costCode', readonly Target[]>

  beforeAll(async () => {
    office = await journey.openOffice({
      ...{ browser: 'chromium', locale: 'fr-CA', role: 'admin', settings: { 'blast-radius.share': 1, reading: { mappings } } },
      take: ['jobs', 'vendors', 'commitments', ...payables, 'extras', 'cost-codes', 'jc-transactions', 'ar-invoices'],
      writing: { 'ap-payments': 'on', extras: 'on', 'cost-codes': 'on', 'jc-transactions': 'create' },
      begins(erp, { company, project }) {
        const mine = erp.JCT_CURRENT__TRANSACTION.filter(
          (row) => row['Job'] === jobOf({ company, project }) && row['Transaction_Type'] === 'JC cost',
        )
        erp.JCT_CURRENT__TRANSACTION = mine.filter((row) => !lacking(erp).has(row['Cost_Code'] ?? '')).slice(0, 3)
      },
    })
    targets = {
      payment: ours('ap-payments').map((one) => ({ ...one, address: lineOf('payments', (id) => id === one.id) })),
      cost: ours('jc-transactions').map((one) => ({ ...one, address: lineOf('direct-costs', (id) => id === one.id) })),
      subJob: ours('extras'),
      costCode: ours('cost-codes').filter(({ key }) => key.startsWith(`${jobOf(office.served)}||`)),
    }
  }, 120_000)
  afterAll(() => office.close())

  const jobOf = ({ company, project }: Pick<journey.Office['served'], 'company' | 'project'>) =>
    company.tables.projects.get(Number(project))?.project_number ?? ''
  /** Codes Procore lacks on purpose. */
  const lacking = ({ business }: journey.Office['erp']) =>
    new Set(business.costs.flatMap(({ disaster, costCode }) => (disaster ? costCode : [])))
  /** Records of an entity that carry our link. */
  const ours = (entity: Entity): Target[] =>
    office.agent.ledger
      .links(entity)
      .flatMap(({ item, type, key, state }) =>
        item && type && state === 'synced' ? [{ type: type as ItemType, id: item, key, address: '' }] : [],
      )
      .filter(({ type, id }) => originOf(type, id)?.includes(`:${entity}:`))
  /** The page of a listed record; of the first of all, unless one is meant. */
  const lineOf = (list: ListName, is: (id: string) => boolean = () => true): string => {
    const { lists, projects } = readCompany(office.served.company)
    const line = projects()
      .flatMap((project) => lists[list](String(project.id)))
      .find(({ id }) => is(id))
    if (!line) throw new Error(`The practice company has no such line among its ${list}.`)
    return `https://us02.procore.com${line.href}`
  }
  /** The page of one that is linked in the ledger. */
  const tied = (list: ListName, entity: Entity): string => {
    const items = new Set(office.agent.ledger.links(entity).map(({ item }) => item))
    return lineOf(list, (id) => items.has(id))
  }
  /** What the details say about unlinking; null where they say nothing of it. */
  const section = async (): Promise<string | null> => {
    const said = () => document.querySelector('tieback-popover')?.shadowRoot?.querySelector('.forecast')?.textContent ?? null
    const text = await office.page.evaluate(said)
    return text && journey.plain(text)
  }
  /** A person types the last part of the key: the code. */
  const found = ({ key }: Target): Promise<string[]> => journey.found(office, key.split('|').at(-1) ?? '', key)
  const byCommand = async ({ type, id }: Target): Promise<[number, string]> => {
    const { code, said } = await office.agent.cli(unlink, [`${type}:${id}`])
    return [code, said.join('\n')]
  }
  const originOf = (type: ItemType, id: string): string | null | undefined => {
    const { contract_payments, direct_costs, sub_jobs, cost_codes } = office.served.company.tables
    const table = { 'contract-payment': contract_payments, 'direct-cost': direct_costs, 'sub-job': sub_jobs, 'cost-code': cost_codes }
    return table[type as 'cost-code'].live().find((one) => String(one.id) === id)?.origin_id
  }
  const target = (which: keyof typeof targets, locale: Locale): Target => {
    const one = targets[which][locales.indexOf(locale)]
    if (!one) throw new Error(`The practice company has no ${which} for ${locale}.`)
    return one
  }
  const state = async (one: Target) => (await journey.linkOf(office, one)).status.state
  const ended = async (one: Target): Promise<void> => {
    await expect.poll(() => state(one), until).toBe('unlinked')
    expect(originOf(one.type, one.id)).toBeNull()
  }
  const nothingToPress = async (locale: Locale): Promise<void> => expect(await buttonsIn(office.page, texts[locale].name)).toEqual([])

  describe.each(locales)('%s', (locale) => {
    beforeAll(async () => {
      office.speaks(locale)
      await journey.choose(office, 'auto') // as Procore itself
    })

    test('payment: red while the books have it; not known until an admin says they hold every one; then green', async () => {
      const one = target('payment', locale)
      await office.agent.cli(complete, ['ap-payments', 'no'])
      await journey.asking(office, one)
      await journey.says(office, texts[locale].payment)
      await nothingToPress(locale)
      await journey.leave(office, one)
      office.erp.APM_MASTER__INVOICE_PAYMENT = office.erp.APM_MASTER__INVOICE_PAYMENT.filter((row) => paymentKey(row) !== one.key)
      await office.exports('ap-payments')
      await journey.asking(office, one)
      await journey.says(office, texts[locale].notSaid)
      await nothingToPress(locale)
      await journey.leave(office, one)
      await office.agent.cli(complete, ['ap-payments', 'yes'])
      await office.exports('ap-payments') // the same bytes: that they were read again shows in what follows from it
      await office.agent.until('the payment is gone', async () => (await journey.linkOf(office, one)).unlink?.code === 'gone')
      await journey.asking(office, one)
      await journey.act(office, one, texts[locale].name)
      await journey.says(office, texts[locale].done)
      await ended(one)
      await journey.leave(office, one)
    })

    test('direct cost: red while the books have it; its exports never tell what is gone, so it takes an admin’s word', async () => {
      const one = target('cost', locale)
      await journey.asking(office, one)
      await journey.says(office, texts[locale].there)
      await nothingToPress(locale)
      await journey.leave(office, one)
      office.erp.JCT_CURRENT__TRANSACTION = office.erp.JCT_CURRENT__TRANSACTION.filter((row) => costKey(row) !== one.key)
      await office.exports('jc-transactions')
      await journey.asking(office, one)
      await journey.says(office, texts[locale].cost)
      await nothingToPress(locale)
      await journey.override(office, texts[locale].against)
      await journey.says(office, texts[locale].done)
      await ended(one)
      expect((await journey.linkOf(office, one)).history.some(({ override }) => override)).toBe(true)
      await journey.leave(office, one)
    })

    test.each(['subJob', 'costCode'] as const)(
      '%s: no page in Procore; the popup says how it stands, the command line does it',
      async (which) => {
        const one = target(which, locale)
        const [synced, gone, unlinked] = texts[locale].pills
        await journey.choose(office, locale.replace('-DE', ''))
        expect(await found(one)).toEqual([synced, texts[locale].pageless])
        expect(await byCommand(one)).toEqual([1, expect.stringMatching(/^Not unlinked\. Not now\. Still in Sage 300 CRE as /)])
        expect(originOf(one.type, one.id)).not.toBeNull()
        const [table, entity] =
          which === 'subJob' ? (['JCM_MASTER__EXTRA', 'extras'] as const) : (['JCM_MASTER__COST_CODE', 'cost-codes'] as const)
        office.erp[table] = office.erp[table].filter((row) => codeKey(row) !== one.key)
        await office.exports(entity)
        expect(await found(one)).toEqual([gone, texts[locale].pageless])
        expect(await byCommand(one)).toEqual([0, expect.stringMatching(/^Successfully unlinked\. /)])
        await ended(one)
        expect(await found(one)).toEqual([unlinked, texts[locale].pageless])
      },
    )

    test.each(compared)('%s: only compared, says so, and no button leads anywhere', async (_name, list, entity) => {
      await journey.details(office, { address: tied(list, entity) })
      expect(await section()).toBe(texts[locale].compared)
      expect(await office.page.$('tieback-popover >>> .forecast button')).toBeNull()
      await office.page.keyboard.press('Escape')
    })

    test.each(['prime-change-orders', 'potential-change-orders'] as const)(
      '%s: no export speaks of them, and nothing is said of an unlink',
      async (list) => {
        await journey.details(office, { address: lineOf(list) })
        expect(await section()).toBeNull()
        await office.page.keyboard.press('Escape')
      },
    )
  })

  test.each([
    ['prime_contracts', 'prime-contract', 'prime-contracts'],
    ['owner_invoices', 'payment-application', 'ar-invoices'],
  ] as const)('a row of the ERP tool (%s) says why it has nothing to unlink, and no button leads anywhere', async (tab, type, entity) => {
    const item = office.agent.ledger.links(entity).find((link) => link.item !== null)?.item
    const { page, served } = office
    office.speaks('de-DE')
    await journey.choose(office, 'auto')
    await page.goto(`https://us02.procore.com/${served.company.id}/company/erp_integrations/${tab}`)
    await journey.rowDetails(office, `${type}:${item}`)
    expect(await section()).toBe(texts['de-DE'].compared)
    expect(await page.$('tieback-popover >>> .forecast button')).toBeNull()
  })
})
