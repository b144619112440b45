import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { features } from '../../../extension/features/names.ts'
import { anchors } from '../../../extension/pages/anchors.ts'
import { cross, icons } from '../../../extension/ui/icons.ts'

const css = (path: string): string => readFileSync(new URL(`../../../extension/features/${path}`, import.meta.url), 'utf8')
const plain = (text: string): string =>
  text
    .replace(/\/\*.*?\*\//gs, '')
    .replaceAll("'", '"')
    .replace(/\s+/g, '')

it('what is noticed by animation are exactly the anchors', () => {
  const list = plain(css('list-status/list-status.css'))
  for (const name of ['numberCell', 'erpStatusCell'] as const)
    for (const { css } of anchors[name].selectors) expect(list).toContain(plain(css))
  const line = plain(css('list-line/list-line.css'))
  for (const { css } of anchors.list.selectors) expect(line).toContain(plain(css))
  const record = plain(css('sync-status/sync-status.css'))
  for (const selector of anchors.recordTitle.selectors) expect(record).toContain(plain(selector.css))
  for (const selector of anchors.projectTitle.selectors) expect(record).toContain(`[data-tieback-title="project"]${plain(selector.css)}`)
})

it('every feature listens to an animation of its own name', () => {
  for (const id of features.filter((id) => id !== 'toasts')) {
    const rules = plain(css(`${id}/${id}.css`))
    expect(rules).toContain(`@keyframestieback-${id}{`)
    expect(rules).toContain(`html[data-tieback~="${id}"]`)
  }
})

it('icons are outlines that can be filled: a bare line would not be seen', () => {
  for (const outline of [cross, ...Object.values(icons)]) for (const part of outline.split('M').slice(1)) expect(part).toMatch(/Z$/)
})

it('the style sheet cuts out the same icons that are drawn elsewhere', () => {
  const cut = plain(css('../ui/badge.css'))
  for (const [name, outline] of Object.entries(icons))
    expect(cut).toContain(`.tieback-pill[data-icon="${name}"]::before{clip-path:path("${plain(outline)}");}`)
})
