import { expect, it } from 'vitest'
import { pageKey } from '../../../extension/entrypoints/procore.content/page-key.ts'
import { whichPage } from '../../../extension/pages/which-page.ts'

const key = (url: string): string => pageKey(whichPage(`https://us02.procore.com${url}`))
const tools = '/webclients/host/companies/4711/projects/52/tools/contracts/commitments'

it('another tab of the same record is the same page', () =>
  expect(key(`${tools}/work_order_contracts/9`)).toBe(key(`${tools}/work_order_contracts/9/change_orders`)))
it('another record is another page', () =>
  expect(key(`${tools}/work_order_contracts/9`)).not.toBe(key(`${tools}/purchase_order_contracts/9`)))
it('a list and a record are two pages', () => expect(key(tools)).not.toBe(key(`${tools}/work_order_contracts/9`)))
it('a page we do not know has no key', () => expect(key('/52/project/daily_log')).toBe(''))
