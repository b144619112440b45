import { parseHTML } from 'linkedom'
import { expect, it } from 'vitest'
import { openTypes } from '../../../extension/ui/unlink/open-types.ts'

it('the open tab is told by the badges of its rows, none elsewhere', () => {
  const row = (key: string) => `<tr><td><a>1</a><span class="tieback-badge tieback-list-status" data-key="${key}"></span></td></tr>`
  const { document } = parseHTML(
    `<table>${row('requisition:1')}${row('requisition:2')}<tr><td><span data-key="vendor:3"></span></td></tr></table>`,
  )
  expect(openTypes(document)).toEqual(['requisition'])
  expect(openTypes(parseHTML('<table></table>').document)).toEqual([])
})
