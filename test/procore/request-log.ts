import type { Json } from './items.ts'

/** What a request went through, in order; a listener may stop the asking process at any of them. */
export type Stage = 'received' | 'before-reading' | 'committed' | 'mid-answer' | 'answered'

/** One request to /oauth or /rest as the stand-in saw it. Never holds a secret: the bearer is only named. */
export interface LoggedRequest {
  /** 1, 2, 3 … in order of arrival. */
  n: number
  /** Milliseconds by the stand-in's clock. */
  at: number
  method: string
  path: string
  query: string
  headers: { company: string | undefined; userAgent: string | undefined; contentType: string | undefined; bearer: boolean }
  body: Json
  /** undefined while under way, and for good when the connection was dropped. */
  status: number | undefined
  fault: string | undefined
}

export type StageListener = (stage: Stage, request: LoggedRequest) => void | Promise<void>

export class RequestLog {
  readonly entries: LoggedRequest[] = []
  readonly #listeners = new Set<StageListener>()

  /** Listeners are waited for, one after the other. Returns how to stop listening. */
  onRequest(listener: StageListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async reached(stage: Stage, request: LoggedRequest): Promise<void> {
    for (const listener of this.#listeners) await listener(stage, request)
  }

  clear(): void {
    this.entries.length = 0
  }
}
