import { seeded } from './random.js'
import { start } from './start.js'

/** Makes an element: attributes as they are, functions as listeners, children as nodes or text. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value)
  }
  element.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined))
  return element
}

/** Several releases of the components live on one page at once, and every release hashes anew (seen 2026-06). */
const versions = { header: '12_20_1', shell: '12_25_2', table: '12_29_0', content: '12_31_0' }
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const release = seeded(Number.parseInt(start.release.slice(0, 8), 16))
const hashes = new Map()

function hashOf(name) {
  if (!hashes.has(name)) hashes.set(name, Array.from({ length: 6 }, () => letters[Math.floor(release() * letters.length)]).join(''))
  return hashes.get(name)
}

/** A class list as the real pages carry: `StyledPill-core-12_31_0__sc-xxxxxx-0 kQzTrb`. Nothing may rest on it. */
export const styled = (name, part = 'content') =>
  `Styled${name}-core-${versions[part]}__sc-${hashOf(`${name}-sc`)}-0 ${hashOf(`${name}-${part}`)}`

const SVG = 'http://www.w3.org/2000/svg'
export function icon(name, path, size = 16) {
  const svg = document.createElementNS(SVG, 'svg')
  for (const [key, value] of Object.entries({
    'data-qa': `ci-${name}`,
    width: size,
    height: size,
    viewBox: '0 0 16 16',
    fill: 'currentColor',
    'aria-hidden': 'true',
  }))
    svg.setAttribute(key, value)
  const shape = document.createElementNS(SVG, 'path')
  shape.setAttribute('d', path)
  svg.append(shape)
  return svg
}

/** Procore's own mark of a synced record: two green arrows and one word (only *Synced* was ever seen, 2026-06). */
export function syncedMark() {
  const arrows = icon('Sync', 'M2 5h9V2l4 4-4 4V7H2zM14 11H5v3L1 10l4-4v3h9z')
  arrows.removeAttribute('data-qa')
  arrows.firstChild.setAttribute('fill', '#2AC322')
  const word = el('i', { 'data-qa': 'erpStatus' }, 'Synced')
  word.style.paddingLeft = '8px'
  return el('div', { class: `${styled('Typography', 'table')} native-mark` }, arrows, word)
}

const tones = { Approved: 'green', Complete: 'green', approved: 'green', Draft: 'gray', draft: 'gray', Void: 'red', Terminated: 'red' }
export const pill = (status) =>
  el('span', { class: `${styled('Pill')} pill-cell pill ${tones[status] ?? 'yellow'}` }, el('span', {}, status))

const grouping = { en: [',', '.'], 'fr-FR': ['\u202f', ','], 'fr-CA': ['\u00a0', ','], 'de-DE': ['.', ','], es: [',', '.'] }

/** A decimal text as people read it, never through a float. */
export function money(text) {
  const [, sign, whole, fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text ?? '') ?? []
  if (whole === undefined) return ''
  const [thousands, point] = grouping[start.options.locale] ?? grouping.en
  const number = `${whole.replace(/\B(?=(\d{3})+$)/g, thousands)}${point}${(fraction ?? '').padEnd(2, '0').slice(0, 2)}`
  return start.options.locale === 'en' || start.options.locale === 'es' ? `${sign}$${number}` : `${sign}${number}\u00a0$`
}
