import type { ForecastShape } from '../../../shared/forecast.ts'
import { itemKey } from '../../../shared/item.ts'
import { say } from '../../../shared/words/say.ts'
import { sayForecast } from '../../../shared/words/say-forecast.ts'
import { isNothingToUnlink } from '../../ui/nothing-to-unlink.ts'
import type { FeatureContext } from '../feature.ts'

/** A button behind Procore’s own, never greyed: a click says what would come of it, and asks. */
export function watchActions({ page, words, book, seen, ask, withCompany, unlink, signal }: FeatureContext): void {
  const { item } = page
  if (!item) return
  let known: { forecast: ForecastShape; erp: string | null } | null = null
  let at: Element | null = null
  let button: HTMLElement | null = null

  const draw = (): void => {
    if (!at?.isConnected || known === null || isNothingToUnlink(known.forecast.code)) {
      button?.remove()
      return
    }
    button ??= made()
    if (button.parentElement !== at) at.append(button)
    const { kind, says } = sayForecast(known.forecast, known.erp, words)
    const name = say(words, 'action.unlink')
    button.replaceChildren(name, Object.assign(document.createElement('span'), { textContent: ` · ${kind}` }))
    button.dataset['kind'] = known.forecast.kind
    button.title = says
    button.setAttribute('aria-label', `${name} · ${kind}. ${says}`)
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
    const reply = await withCompany((company) => ask('details', { item, company }))
    if (signal.aborted || 'problem' in reply) return
    const { unlink: forecast, connection } = reply.value.link
    known = forecast ? { forecast, erp: connection?.erp ?? null } : null
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
