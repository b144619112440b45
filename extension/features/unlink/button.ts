import { itemKey } from '../../../shared/item.ts'
import { say } from '../../../shared/words/say.ts'
import type { ForecastView } from '../../bridge/calls.ts'
import type { FeatureContext } from '../feature.ts'

/** A button behind Procore’s own, never greyed: a click says what would come of it, and asks. */
export function watchActions({ page, words, book, seen, ask, withCompany, unlink, signal }: FeatureContext): void {
  const { item } = page
  if (!item) return
  let known: ForecastView | null = null
  let at: Element | null = null
  let button: HTMLElement | null = null

  const draw = (): void => {
    if (!at?.isConnected || known === null) {
      button?.remove()
      return
    }
    button ??= made()
    if (button.parentElement !== at) at.append(button)
    const { kind, word, says } = known
    const name = say(words, 'action.unlink')
    button.replaceChildren(name, Object.assign(document.createElement('span'), { textContent: ` · ${word}` }))
    button.dataset['kind'] = kind
    button.title = says
    button.setAttribute('aria-label', `${name} · ${word}. ${says}`)
  }
  const made = (): HTMLElement => {
    const made = document.createElement('button')
    made.type = 'button'
    made.className = 'tieback-unlink'
    made.setAttribute('aria-haspopup', 'dialog')
    made.setAttribute('aria-live', 'off')
    made.addEventListener('click', ({ isTrusted }) => isTrusted && unlink(item, made))
    return made
  }
  const load = async (): Promise<void> => {
    const reply = await withCompany((company) => ask('forecast', { item, company }))
    if (signal.aborted || 'problem' in reply) return
    known = reply.value
    draw()
  }
  seen((place) => {
    at = place
    if (known) draw()
    else void load()
  })
  book.onChange((keys) => {
    if (at && keys.has(itemKey(item)) && book.get(itemKey(item))) void load()
  }, signal)
  signal.addEventListener('abort', () => button?.remove())
}
