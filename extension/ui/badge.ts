/** Badges are plain elements, made by copying a template: no framework runs before the first click. */
import type { Badge } from './badge-model.ts'
import { type IconName, icons } from './icons.ts'

const SVG = 'http://www.w3.org/2000/svg'
const copies = new Map<string, SVGElement>()

/** One of our icons, 16 px, in the colour of the text around it. */
export function icon(name: IconName): SVGElement {
  const known = copies.get(name) ?? draw(name)
  copies.set(name, known)
  return known.cloneNode(true) as SVGElement
}

function draw(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('class', 'tieback-icon')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', icons[name])
  svg.append(path)
  return svg
}

/**
 * How a badge stands in its place. `cell-end`: over the right end of a cell that has an action of its own, so without pointer and focus;
 * `cell`: in a cell of its own, a button; `title`: beside a heading, a button.
 */
export type Stand = 'cell-end' | 'cell' | 'title'

/** An empty badge of its final size, to be shown while the agent is asked. */
export function skeleton(feature: string, stand: Stand): HTMLElement {
  const badge = document.createElement('span')
  badge.className = `tieback-badge tieback-${feature}`
  badge.dataset['stand'] = stand
  badge.setAttribute('aria-live', 'off') // Procore's content area announces what is put into it
  const pill = document.createElement(stand === 'cell-end' ? 'span' : 'button')
  pill.className = 'tieback-pill'
  pill.dataset['tone'] = 'asking'
  if (pill instanceof HTMLButtonElement) pill.type = 'button'
  else pill.setAttribute('role', 'img')
  badge.append(pill)
  return badge
}

/** Draws what is known into a badge. `tick`: Procore's own mark says it already and we agree, so a tick is all that is added. */
export function paint(badge: HTMLElement, model: Badge, tick: boolean): void {
  const pill = badge.firstElementChild
  if (!(pill instanceof HTMLElement)) return
  pill.dataset['tone'] = model.tone
  pill.dataset['look'] = tick ? 'tick' : model.look
  pill.dataset['state'] = model.state
  pill.setAttribute('aria-label', model.sentence)
  if (pill instanceof HTMLButtonElement) pill.title = model.sentence
  const word = document.createElement('span')
  word.className = 'tieback-word'
  word.textContent = model.word
  pill.replaceChildren(icon(model.icon), word)
}

/** Whether Procore's own mark in this place says Synced: green arrows on new pages, a ribbon on legacy ones (rendered pages, 2026-06). */
export const nativeSaysSynced = (place: Element): boolean =>
  place.querySelector('path[fill="#2AC322" i], img[src*="/erp_tag_rect_synced"]') !== null
