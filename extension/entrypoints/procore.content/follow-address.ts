/**
 * Tells when the address changes without a load. New pages route in place: a content script does not see the page's own history calls,
 * so this listens to the Navigation API where there is one, and else looks again when the title, the content or a click may have changed it.
 */
export function followAddress(onChange: (href: string) => void): void {
  let last = ''
  const look = (): void => {
    if (location.href === last) return
    last = location.href
    onChange(last)
  }
  const navigation: EventTarget | undefined = 'navigation' in window ? (window.navigation as EventTarget) : undefined
  for (const name of ['navigatesuccess', 'currententrychange']) navigation?.addEventListener(name, look)
  addEventListener('popstate', look)
  addEventListener('pageshow', look)
  document.addEventListener('click', () => setTimeout(look), { capture: true, passive: true })
  if (!navigation) watchTitle(look)
  look()
}

/** The title changes with every page of the new family (rendered pages, 2026-06). */
function watchTitle(look: () => void): void {
  const start = (): void => new MutationObserver(look).observe(document.head, { childList: true, subtree: true, characterData: true })
  if (document.head) start()
  else document.addEventListener('DOMContentLoaded', start, { once: true })
}
