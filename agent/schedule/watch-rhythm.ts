/** Watches that exports come when they should; says so once they do not, and once they do again. */
import type { Entity } from '../../shared/item.ts'
import { type Awaited, awaited, type ExportSeen, missedOf } from './missed.ts'
import type { Zone } from './wall-clock.ts'

export type Missed = { entity: Entity; file: string; asOf: number; expected: number }

export type RhythmParts = {
  now: () => number
  /** The ERP server's own, as its exports are planned in it. */
  zone: Zone
  /** What was taken of each entity of a connection. */
  seen: (connection: number) => readonly { entity: Entity; exports: readonly ExportSeen[] }[]
  /** All that is missed of a connection now; told when it changed, and at first. */
  tell: (connection: number, missed: readonly Missed[]) => Promise<void>
}

type Watched = { awaited: { entity: Entity; all: Awaited[] }[] | null; lookedAt: number; told: string | null }

const lookMs = 60_000

export type RhythmWatch = ReturnType<typeof watchRhythm>

/** Habits are learned anew when an export was taken, and held against the clock once a minute. */
export function watchRhythm({ now, zone, seen, tell }: RhythmParts) {
  const connections = new Map<number, Watched>()

  async function look(connection: number, watched: Watched): Promise<void> {
    watched.lookedAt = now()
    watched.awaited ??= seen(connection).map(({ entity, exports }) => ({ entity, all: awaited(exports, zone) }))
    const missed = watched.awaited.flatMap(({ entity, all }): Missed[] => {
      const one = missedOf(all, now())
      return one ? [{ entity, file: one.file, asOf: one.asOf, expected: one.expected }] : []
    })
    const text = JSON.stringify(missed)
    if (text === watched.told) return
    await tell(connection, missed)
    watched.told = text
  }

  return {
    /** From now on this connection is watched: what lay in its folder has been listed. */
    watch: (connection: number): void =>
      void connections.set(connection, { awaited: null, lookedAt: Number.NEGATIVE_INFINITY, told: null }),
    /** It is watched no longer: nothing is expected of it. */
    leave: (connection: number): void => void connections.delete(connection),
    watched: (): number[] => [...connections.keys()],
    /** An export of it was taken. */
    taken(connection: number): void {
      const watched = connections.get(connection)
      if (watched) Object.assign(watched, { awaited: null, lookedAt: Number.NEGATIVE_INFINITY })
    },
    /** Called by a timer; looks at what is due for a look. */
    async tick(): Promise<void> {
      for (const [connection, watched] of connections) if (now() - watched.lookedAt >= lookMs) await look(connection, watched)
    },
  }
}
