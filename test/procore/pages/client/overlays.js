import { el, styled } from './elements.js'

/** Procore's layers begin at 9999 and grow by one per overlay (seen 2026-06). */
let layer = 9999

/** The empty toast host every page carries, the header's own toast host, and the help button above everything. */
export function mountOverlays() {
  const toasts = el('div', { class: styled('Portal', 'shell') }, el('div', {}, el('div', { timeout: '6000' })))
  toasts.style.zIndex = '10000'
  document.body.append(toasts, el('div', { class: 'Toastify' }), el('button', { type: 'button', id: 'uv-icon', 'aria-label': 'Help' }, '?'))
}

/** One of Procore's own toasts: it hides by itself after six seconds. */
export function toast(text, tone = 'success') {
  const host = document.querySelector('[timeout]')
  const shown = el(
    'div',
    { class: `${styled('Toast')} toast ${tone}` },
    el('span', { 'aria-live': 'assertive', 'aria-atomic': 'true' }, text),
  )
  host.append(shown)
  setTimeout(() => shown.remove(), 6000)
}

/** One of Procore's own dialogs, above whatever is open. */
export function modal(title, ...content) {
  layer += 1
  const scrim = el(
    'div',
    { class: `${styled('Modal')} scrim` },
    el(
      'div',
      { role: 'dialog', 'aria-modal': 'true', 'aria-label': title, class: 'modal' },
      el('h2', {}, title),
      ...content,
      el('footer', {}, el('button', { type: 'button', class: 'button secondary', click: () => scrim.remove() }, 'Close')),
    ),
  )
  scrim.style.zIndex = String(layer)
  document.body.append(scrim)
}
