/** Badges are plain elements, made by copying a template: no framework runs before the first click. */
import type { Badge } from './badge-shape.ts'
/**
 * How a badge stands in its place. `cell-end`: over the right end of a cell that has an action of its own, so without pointer and focus;
 * `link-end`: the same in the flow of a plain list, behind the link, where a page may lay its own marks over the cell;
 * `cell`: in a cell of its own, a button; `title`: beside a heading, a button.
 */
export type Stand = 'cell-end' | 'link-end' | 'cell' | 'title'

const templates = new Map<string, HTMLElement>()
const templateOf = new WeakMap<Badge, Map<string, HTMLElement>>()

/**
 * A badge of what is known. `native`: Procore's own mark says Synced; where we agree, a tick is all that is added. Until something is known,
 * a list's skeleton of the same size is the style sheet's: it costs no script. Badges that look and say the same are copies of one.
 */
export function makeBadge(feature: string, stand: Stand, model: Badge, native: boolean): HTMLElement {
  const known = templateOf.get(model) ?? new Map<string, HTMLElement>()
  const where = native ? `${stand} native` : stand
  let template = known.get(where)
  if (!template) {
    template = templateFor(feature, stand, model, native)
    templateOf.set(model, known.set(where, template))
  }
  return template.cloneNode(true) as HTMLElement
}

function templateFor(feature: string, stand: Stand, model: Badge, native: boolean): HTMLElement {
  const look = native && model.state === 'synced' && model.look === 'full' ? 'tick' : model.look
  const name = `${feature} ${stand} ${native} ${look} ${model.tone} ${model.icon} ${model.state} ${model.word} ${model.sentence}`
  const template = templates.get(name) ?? draw(feature, stand, { ...model, look }, native)
  if (templates.size > 200) templates.clear() // times of day are part of what is said: a page left open for weeks must not keep all
  templates.set(name, template)
  return template
}

type Drawn = Omit<Badge, 'look'> & { look: Badge['look'] | 'tick' }

function draw(feature: string, stand: Stand, { icon, tone, word, cellWord, look, state, sentence }: Drawn, native: boolean): HTMLElement {
  const badge = document.createElement('span')
  badge.className = `tieback-badge tieback-${feature}`
  badge.dataset['stand'] = stand
  badge.toggleAttribute('data-native', native)
  badge.setAttribute('aria-live', 'off') // Procore's content area announces what is put into it
  const pill = document.createElement(stand.endsWith('-end') ? 'span' : 'button')
  pill.className = 'tieback-pill'
  Object.assign(pill.dataset, { tone, look, state, icon })
  pill.setAttribute('aria-label', sentence)
  if (pill instanceof HTMLButtonElement) pill.type = 'button'
  else pill.setAttribute('role', 'img')
  pill.textContent = stand === 'title' ? word : cellWord
  badge.append(pill)
  return badge
}

/** Draws what a new badge shows into one that stays, with the focus it may have. */
export function repaint(badge: Element, next: Element): void {
  const [before, after] = [badge.firstElementChild, next.firstElementChild]
  if (!before || !after || before.isEqualNode(after)) return
  const focused = before === document.activeElement
  before.replaceWith(after)
  if (focused && after instanceof HTMLElement) after.focus({ preventScroll: true })
}

/** A place for a badge in the flow of a line, of about its final size, while the agent is asked. */
export function skeleton(feature: string, stand: Stand = 'title'): HTMLElement {
  const badge = document.createElement('span')
  badge.className = `tieback-badge tieback-${feature}`
  badge.dataset['stand'] = stand
  badge.setAttribute('aria-live', 'off')
  const pill = document.createElement('span')
  pill.className = 'tieback-pill'
  pill.dataset['tone'] = 'asking'
  badge.append(pill)
  return badge
}

/** Whether Procore's own mark in this place says Synced: green arrows on new pages, a ribbon on legacy ones (rendered pages, 2026-06). */
export const nativeSaysSynced = (place: Element): boolean =>
  place.querySelector('path[fill="#2AC322" i], img[src*="/erp_tag_rect_synced"]') !== null
