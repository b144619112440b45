import { readFileSync } from 'node:fs'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { idsInPage } from '../../../extension/pages/ids-in-page.ts'

const open = (page: string): Document => parseHTML(readFileSync(new URL(`../../pages/${page}`, import.meta.url), 'utf8')).document

test.each([
  ['commitments-list.html', { company: '562949953400001', project: '562949953470002' }],
  ['direct-cost-legacy.html', { company: '562949953400001', project: '562949953470002' }],
  ['portfolio-legacy.html', { company: '562949953400001', project: null }],
  ['commitment-read-only.html', { company: null, project: '562949953470002' }],
  ['broken.html', { company: null, project: null }],
])('%s names %o', (page, ids) => expect(idsInPage(open(page))).toEqual(ids))

test('a logo that leads to the company home names the company when the home button is missing', () => {
  const { document } = parseHTML('<a data-header="logo" href="https://us02.procore.com/77/company/home">x</a>')
  expect(idsInPage(document)).toEqual({ company: '77', project: null })
})
