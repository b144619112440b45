/** Asks several places for the same thing, in their order, without waiting long for any. */

/** Silent for so long, and the next is asked as well; the first one's answer still counts. */
const silentMs = 1_500

/** The first `ask` that answers something; null once all have answered nothing. `ask` never rejects. */
export function firstAnswer<T>(places: readonly string[], ask: (place: string) => Promise<T | null>): Promise<T | null> {
  return new Promise((resolve) => {
    let next = 0
    let open = 0
    let found = false
    const go = (): void => {
      const place = places[next]
      if (found || place === undefined) {
        if (open === 0) resolve(null)
        return
      }
      next += 1
      open += 1
      const silent = setTimeout(go, silentMs)
      void ask(place).then((answer) => {
        clearTimeout(silent)
        open -= 1
        if (answer === null) return go()
        found = true
        resolve(answer)
      })
    }
    go()
  })
}
