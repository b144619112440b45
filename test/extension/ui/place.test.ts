import { expect, it } from 'vitest'
import { placeOf } from '../../../extension/ui/popover/place.ts'

const view = { width: 1280, height: 800 }
const size = { width: 400, height: 500 }
const badge = (left: number, top: number) => ({ left, top, right: left + 80, bottom: top + 20 })

it('stands under its badge', () => expect(placeOf(badge(100, 100), size, view)).toEqual({ left: 100, top: 126 }))
it('stands above where there is no room below', () => expect(placeOf(badge(100, 700), size, view)).toEqual({ left: 100, top: 194 }))
it('never leaves the view at the right', () => expect(placeOf(badge(1200, 100), size, view).left).toBe(872))
it('stays at the top edge of a view too small for it, as at 200 % zoom', () =>
  expect(placeOf(badge(300, 200), size, { width: 640, height: 400 })).toEqual({ left: 232, top: 8 }))
it('stands beside a badge it would cover', () =>
  expect(placeOf(badge(600, 100), { width: 400, height: 780 }, view)).toEqual({ left: 686, top: 12 }))
