/** Our toasts: bottom right, above Procore's own layer and never over its messages; plain elements in a shadow root. */
import { findAll } from '../pages/anchors.ts'
import { icons } from './icons.ts'
import css from './toast-stack.css?inline'

export type Shown = { id: string; text: string; trouble: boolean; link: { href: string; text: string } | null }

/** Procore's own toasts hide after 6 s (rendered pages, 2026-06); so do ours, while someone can see them. */
const STAYS_MS = 6_000
const CORNER_PX = 80 // clear of the help button in the corner
const GAP_PX = 8
/** Procore's may come while ours stand: where it is free is looked at so often, as long as any stands. */
const PLACED_MS = 250
/** A live region must have been there for a moment before its first message, else nobody reads that one out. */
const NOTICED_MS = 150

export function toastStack(
  labels: { region: string; dismiss: string },
  gone: (id: string) => void,
  signal: AbortSignal,
): { show(toasts: readonly Shown[]): void } {
  let made: { host: HTMLElement; list: HTMLElement } | null = null
  let wanted: readonly Shown[] = []
  const drawn = new Map<string, { element: HTMLElement; text: string }>()
  signal.addEventListener('abort', () => made?.host.remove())

  const placed = whileOn(PLACED_MS, () => place(made?.host), signal)
  const remove = (id: string): void => {
    drawn.get(id)?.element.remove()
    drawn.delete(id)
  }
  const add = (toast: Shown, list: HTMLElement): void => {
    remove(toast.id)
    const element = draw(toast, labels.dismiss, () => gone(toast.id))
    drawn.set(toast.id, { element, text: toast.text })
    list.append(element)
    if (!toast.trouble) leaveAfter(element, () => gone(toast.id), signal)
  }
  const paint = (): void => {
    if (!made || signal.aborted) return
    const { host, list } = made
    if (!host.isConnected) document.body.append(host)
    for (const id of drawn.keys()) if (wanted.every((toast) => toast.id !== id)) remove(id)
    for (const toast of wanted) if (drawn.get(toast.id)?.text !== toast.text) add(toast, list)
    place(host)
    placed(drawn.size > 0)
  }
  return {
    show(toasts) {
      wanted = toasts
      if (made) paint()
      else if (toasts.length > 0) {
        made = makeHost(labels.region)
        setTimeout(paint, NOTICED_MS)
      }
    },
  }
}

/** A place that reads its messages out, with its styles; made for the first message, since most pages never see one. */
function makeHost(label: string): { host: HTMLElement; list: HTMLElement } {
  const host = document.createElement('tieback-toasts')
  Object.assign(host.style, { position: 'fixed', right: '24px', zIndex: '10500' })
  const root = host.attachShadow({ mode: 'open' })
  const style = document.createElement('style')
  style.textContent = css
  const list = document.createElement('div')
  list.className = 'stack'
  list.setAttribute('role', 'log')
  list.setAttribute('aria-live', 'polite')
  list.setAttribute('aria-label', label)
  root.append(style, list)
  document.body.append(host)
  return { host, list }
}

function draw({ text, trouble, link }: Shown, dismiss: string, gone: () => void): HTMLElement {
  const element = document.createElement('div')
  element.className = `toast ${trouble ? 'trouble' : 'success'}`
  const words = document.createElement('span')
  words.className = 'words'
  words.append(text)
  if (link) {
    const anchor = document.createElement('a')
    anchor.href = link.href
    anchor.textContent = link.text
    words.append(document.createElement('br'), anchor)
  }
  const close = document.createElement('button')
  close.type = 'button'
  close.setAttribute('aria-label', dismiss)
  close.textContent = '✕'
  close.addEventListener('click', gone)
  element.append(drawnIcon(icons[trouble ? 'alert' : 'check']), words, close)
  return element
}

const SVG = 'http://www.w3.org/2000/svg'
function drawnIcon(outline: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', outline)
  svg.append(path)
  return svg
}

/** Counts only time in which it could be read: not while hidden, hovered or focused. */
function leaveAfter(element: HTMLElement, gone: () => void, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const pause = (): void => clearTimeout(timer)
  const go = (): void => {
    pause()
    if (!document.hidden) timer = setTimeout(gone, STAYS_MS)
  }
  for (const name of ['pointerenter', 'focusin']) element.addEventListener(name, pause)
  for (const name of ['pointerleave', 'focusout']) element.addEventListener(name, go)
  document.addEventListener('visibilitychange', go, { signal })
  signal.addEventListener('abort', pause)
  go()
}

const place = (host: HTMLElement | undefined): void => {
  const bottom = `${bottomOf()}px`
  if (host && host.style.bottom !== bottom) host.style.bottom = bottom
}

/** Does something again and again while it is switched on, until the signal ends it. */
function whileOn(ms: number, act: () => void, signal: AbortSignal): (on: boolean) => void {
  let timer: ReturnType<typeof setInterval> | undefined
  const off = (): void => {
    clearInterval(timer)
    timer = undefined
  }
  signal.addEventListener('abort', off)
  return (on) => {
    if (!on || signal.aborted) off()
    else timer ??= setInterval(act, ms)
  }
}

/** Above whatever Procore shows at the bottom right now. */
function bottomOf(): number {
  const tops = findAll(document, 'nativeToasts')
    .map((toast) => toast.getBoundingClientRect())
    .filter(({ height, bottom, right }) => height > 0 && bottom > window.innerHeight / 2 && right > window.innerWidth - 408)
    .map(({ top }) => window.innerHeight - top + GAP_PX)
  return Math.max(CORNER_PX, ...tops)
}
