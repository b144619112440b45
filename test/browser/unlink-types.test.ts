import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { complete } from '../../agent/cli/complete.ts'
import { unlink } from '../../agent/cli/unlink.ts'
import type { Entity, ItemType } from '../../shared/item.ts'
import type { ListName } from '../procore/pages/lines.ts'
import { readCompany } from '../procore/pages/read.ts'
import { openExtensionPage } from './browsers.ts'
import { buttonsIn, saidIn } from './closed-root.ts'
import * as journey from './unlink-office.ts'
import { type Exported, reason, type Target, until } from './unlink-office.ts'

const locales = ['fr-CA', 'de-DE'] as const
type Locale = (typeof locales)[number]

/** What a reader of each language sees. */
const texts = {
  'fr-CA': {
    ...{ name: 'Dissocier', open: 'Dissocier…', done: /Dissociation réussie Modifiable de nouveau dans Procore\./ },
    payment: /Le paiement est toujours dans l’ERP\. Veuillez le supprimer avant de réessayer\./,
    notSaid: /^Dissocier \S+ ?Non connu Absent de .+\(« tieback complete »\)/,
    cost: /Non connu Les exports de ce type ne contiennent qu’une partie des écritures : ce qui manque n’est pas forcément supprimé\./,
    against: ['Dissocier quand même…', 'Dissocier quand même'],
    compared: 'DissocierPas maintenant Rien n’est lié dans Procore : Tieback compare seulement.',
    pageless: 'Aucune page propre n’est connue dans Procore : cela se fait sur l’ordinateur de l’agent.',
    pills: ['Synchronisé', 'Absent de l’ERP', 'Dissocié'],
  },
  'de-DE': {
    ...{ name: 'Verknüpfung aufheben', open: 'Verknüpfung aufheben…' },
    done: /Verknüpfung erfolgreich aufgehoben In Procore wieder bearbeitbar\./,
    payment: /Die Zahlung ist noch im ERP\. Bitte dort löschen und erneut versuchen\./,
    notSaid: /Nicht bekannt Nicht in .+Legt ein Admin fest, dass sie es tun \(„tieback complete“\), gilt als gelöscht, was darin fehlt\./,
    cost: /Nicht bekannt Exporte dieser Art enthalten nur einen Teil der Buchungen: Was fehlt, muss nicht gelöscht sein\./,
    against: ['Trotzdem aufheben…', 'Trotzdem aufheben'],
    compared: 'Verknüpfung aufhebenJetzt nicht In Procore ist nichts verknüpft: Tieback vergleicht nur.',
    pageless: 'Eine eigene Seite dafür ist in Procore nicht bekannt: Es geht am Computer des Agenten.',
    pills: ['Synchron', 'Fehlt im ERP', 'Gelöst'],
  },
} as const
const said = (text: string): string => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')

const owners = { customer: 'Customer', invoice: 'Invoice', draw: 'Draw', job: 'Job', invoice_date: 'Date', amount: 'Amount' }
const mappings = [{ entity: 'ar-invoices', columns: { ...owners, retainage: 'Retainage', status: 'Status' } }]
const payables = ['ap-invoices', 'ap-distributions', 'ap-payments'] as const

/** Every type the first journeys (unlink-journey.test.ts) leave out: one office, one browser, each reader with records of their own. */
describe('an unlink of every other type, from the books to the page, in Chromium', () => {
  let office: journey.Office
  let targets: Record<'payment' | 'cost' | 'subJob' | 'costCode', readonly Target[]>

  beforeAll(async () => {
    office = await journey.openOffice({
      ...{ browser: 'chromium', locale: 'fr-CA', role: 'admin', settings: { 'blast-radius.share': 1, reading: { mappings } } },
      take: ['jobs', 'vendors', 'commitments', ...payables, 'extras', 'cost-codes', 'jc-transactions', 'ar-invoices'],
      writing: { 'ap-payments': 'on', extras: 'on', 'cost-codes': 'on', 'jc-transactions': 'create' },
      begins(erp, { company, project }) {
        const job = company.tables.projects.get(Number(project))?.project_number
        const mine = erp.JCT_CURRENT__TRANSACTION.filter((row) => row['Job'] === job && row['Transaction_Type'] === 'JC cost')
        erp.JCT_CURRENT__TRANSACTION = mine.filter((row) => !known(erp).has(row['Cost_Code'])).slice(0, 3)
      },
    })
    targets = {
      payment: ours('ap-payments').map((one) => ({ ...one, address: lineOf('payments', one.id) })),
      cost: ours('jc-transactions').map((one) => ({ ...one, address: lineOf('direct-costs', one.id) })),
      subJob: ours('extras'),
      costCode: ours('cost-codes').filter(({ key }) => !key.includes('||')),
    }
  }, 120_000)
  afterAll(() => office.close())

  /** Codes Procore lacks on purpose. */
  const known = ({ business }: journey.Office['erp']) =>
    new Set(business.costs.flatMap(({ disaster, costCode }) => (disaster ? costCode : [])))
  /** Records of an entity that carry our link. */
  const ours = (entity: Entity): Target[] =>
    office.agent.ledger
      .links(entity)
      .flatMap(({ item, type, key, state }) =>
        item && type && state === 'synced' ? [{ type: type as ItemType, id: item, key, address: '' }] : [],
      )
      .filter(({ type, id }) => originOf(type, id)?.includes(`:${entity}:`))
  const lineOf = (list: ListName, id: string): string => {
    const { lists, projects } = readCompany(office.served.company)
    const line = projects()
      .flatMap((project) => lists[list](String(project.id)))
      .find((one) => one.id === id)
    return `https://us02.procore.com${line?.href}`
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
    beforeAll(() => office.speaks(locale))

    test('payment: red while the books have it; not known until an admin says they hold every one; then green', async () => {
      const one = target('payment', locale)
      await office.agent.cli(complete, ['ap-payments', 'no'])
      await journey.asking(office, one)
      await journey.says(office, texts[locale].payment)
      await nothingToPress(locale)
      await journey.leave(office)
      office.erp.APM_MASTER__INVOICE_PAYMENT = office.erp.APM_MASTER__INVOICE_PAYMENT.filter((row) => row['AP_Payment_ID'] !== one.key)
      await office.exports('ap-payments')
      await journey.asking(office, one)
      await expect.poll(async () => said(await saidIn(office.page)), until).toMatch(texts[locale].notSaid)
      await nothingToPress(locale)
      await journey.leave(office)
      await office.agent.cli(complete, ['ap-payments', 'yes'])
      await office.exports('ap-payments')
      await journey.asking(office, one)
      await journey.byMouse(office, one, texts[locale].name)
      await journey.says(office, texts[locale].done)
      await ended(one)
      await journey.leave(office)
    })
  })
})
