import { describe, expect, it } from 'vitest'
import { pageOf } from '../../../extension/bridge/sender.ts'

const list = 'https://us02.procore.com/webclients/host/companies/4711/projects/52/tools/contracts/commitments'
const detail = `${list}/work_order_contracts/99`

describe('who sent a message', () => {
  it('is the page the tab shows now, not the one the document was loaded with', () =>
    expect(pageOf({ url: list, frameId: 0, tab: { id: 3, url: detail } })).toMatchObject({
      tab: 3,
      page: { company: '4711', item: { id: '99' } },
    }))

  it('is nobody when tab and document are of different hosts', () =>
    expect(
      pageOf({ url: 'https://us02.procore.com/5/project/home', tab: { id: 3, url: 'https://app.procore.com/5/project/home' } }),
    ).toBeNull())

  it('is nobody inside a frame, outside a tab, or on a page we do not know', () => {
    expect(pageOf({ url: list, frameId: 4, tab: { id: 3, url: list } })).toBeNull()
    expect(pageOf({ url: list, frameId: 0 })).toBeNull()
    expect(pageOf({ url: 'https://evil.example/', tab: { id: 3, url: 'https://evil.example/' } })).toBeNull()
  })
})
