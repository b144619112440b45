/** A wait that can be cut short: by a hint, by work done, by the signal. */
const hintMs = 50

export class Wake {
  #end: (() => void) | null = null
  #hinted: NodeJS.Timeout | null = null

  /** Resolves after `ms`, or when woken. Never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.now(), ms)
      this.#end = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  now(): void {
    if (this.#hinted) clearTimeout(this.#hinted)
    this.#hinted = null
    this.#end?.()
    this.#end = null
  }

  /** Many events in a row make one look. */
  soon(): void {
    this.#hinted ??= setTimeout(() => this.now(), hintMs)
  }
}
