/** How many requests fit into the hour and into ten seconds (facts 3). */
export interface RateLimits {
  hourly: number
  spike: number
}

/** What the counter says about one request. */
export interface RateAnswer {
  headers: Record<string, string>
  /** Seconds to wait, when the request does not fit. */
  waitSeconds: number | undefined
}

interface Window {
  lengthMs: number
  startedAt: number
  used: number
}

/** Two windows at once; the headers describe the nearer one (facts 3). Refused requests are not counted. */
export class RateCounter {
  readonly #now: () => number
  limits: RateLimits
  readonly #hour: Window = { lengthMs: 3_600_000, startedAt: 0, used: 0 }
  readonly #spike: Window = { lengthMs: 10_000, startedAt: 0, used: 0 }

  constructor(now: () => number, limits: RateLimits) {
    this.#now = now
    this.limits = limits
  }

  take(): RateAnswer {
    const windows = [this.#current(this.#hour, this.limits.hourly), this.#current(this.#spike, this.limits.spike)]
    const full = windows.filter((one) => one.left <= 0).sort((a, b) => b.resetAt - a.resetAt)[0]
    if (full) return { headers: headersOf(full), waitSeconds: Math.max(1, Math.ceil((full.resetAt - this.#now()) / 1000)) }
    this.#hour.used += 1
    this.#spike.used += 1
    const nearer = windows.map((one) => ({ ...one, left: one.left - 1 })).sort((a, b) => a.left / a.limit - b.left / b.limit)[0]!
    return { headers: headersOf(nearer), waitSeconds: undefined }
  }

  #current(window: Window, limit: number): { limit: number; left: number; resetAt: number } {
    const now = this.#now()
    if (now >= window.startedAt + window.lengthMs) Object.assign(window, { startedAt: now, used: 0 })
    return { limit, left: limit - window.used, resetAt: window.startedAt + window.lengthMs }
  }
}

function headersOf({ limit, left, resetAt }: { limit: number; left: number; resetAt: number }): Record<string, string> {
  return {
    'X-Rate-Limit-Limit': String(limit),
    'X-Rate-Limit-Remaining': String(Math.max(0, left)),
    'X-Rate-Limit-Reset': String(Math.ceil(resetAt / 1000)),
  }
}
