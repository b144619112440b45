import { fits, type When } from './faults.ts'
import type { LoggedRequest, Stage } from './request-log.ts'

interface Hold {
  id: number
  stage: Stage
  when: When
  reachedBy: LoggedRequest | undefined
  arrive: () => void
  arrived: Promise<void>
  release: () => void
  released: Promise<void>
}

/** Requests stopped at a stage until another process lets them go: how a kill campaign strikes at a named moment. */
export class Holds {
  readonly #holds: Hold[] = []

  add(stage: Stage, when: When): number {
    const arrived = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    const id = this.#holds.length + 1
    this.#holds.push({
      ...{ id, stage, when, reachedBy: undefined, arrive: arrived.resolve, arrived: arrived.promise },
      ...{ release: released.resolve, released: released.promise },
    })
    return id
  }

  /** Resolves with the request that stands at the hold. */
  async arrival(id: number): Promise<LoggedRequest | undefined> {
    const hold = this.#holds[id - 1]
    await hold?.arrived
    return hold?.reachedBy
  }

  release(id: number): void {
    this.#holds[id - 1]?.release()
  }

  /** Stops the first request that fits; a hold stops one request only. */
  async reached(stage: Stage, request: LoggedRequest): Promise<void> {
    const hold = this.#holds.find((one) => one.stage === stage && one.reachedBy === undefined && fits(one.when, request))
    if (!hold) return
    hold.reachedBy = request
    hold.arrive()
    await hold.released
  }
}
