import { parseHTML } from 'linkedom'
import { expect, it } from 'vitest'
import { openTypes, selectedIn } from '../../../extension/ui/unlink/listed.ts'

const badge = (key: string): string => `<span class="tieback-badge tieback-list-status" data-key="${key}"></span>`

it('the open tab is told by the badges of its rows, none elsewhere', () => {
  const row = (key: string) => `<tr><td><a>1</a>${badge(key)}</td></tr>`
  const { document } = parseHTML(
    `<table>${row('requisition:1')}${row('requisition:2')}<tr><td><span data-key="vendor:3"></span></td></tr></table>`,
  )
  expect(openTypes(document)).toEqual(['requisition'])
  expect(openTypes(parseHTML('<table></table>').document)).toEqual([])
})

it('a record is selected once, however many halves its row has, and only where the grid says so', () => {
  const row = (key: string, selected: boolean) => `<div class="ag-row" aria-selected="${selected}"><div>${badge(key)}</div></div>`
  const { document } = parseHTML(
    row('vendor:1', true) + row('vendor:1', true) + row('vendor:2', false) + `<div class="ag-row">${badge('vendor:3')}</div>`,
  )
  expect(selectedIn(document)).toEqual(['vendor:1'])
})
