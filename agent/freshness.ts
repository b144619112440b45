/** Watches that both sides stay fresh: exports by their rhythm, lists of Procore by their plan. What is old is told once it is, never by age. */

import { exportsSeen } from './ledger/exports-missed.ts'
import type { Reader } from './ledger/reader.ts'
import type { Writer } from './ledger/writer-proxy.ts'
import { procoreLists } from './procore/index.ts'
import { lateSince } from './procore/poll-plan.ts'
import { pollState } from './procore/poll-state.ts'
import { here } from './schedule/wall-clock.ts'
import { type RhythmWatch, watchRhythm } from './schedule/watch-rhythm.ts'

export type FreshnessParts = {
  reader: Reader
  writer: Writer
  now: () => number
  onFault: (error: unknown, where: string) => void
}

export type Freshness = Omit<RhythmWatch, 'watched'>

const lookMs = 60_000

export function watchFreshness({ reader, writer, now, onFault }: FreshnessParts): Freshness {
  const rhythm = watchRhythm({
    now,
    zone: here,
    seen: (connection) => exportsSeen(reader.raw, connection),
    tell: (connection, missed) => writer.call('exportsMissed', { connection, missed }),
  })
  const late = new Map<number, string>()
  let lookedAt = Number.NEGATIVE_INFINITY
  let ticking = false

  /** Badges say by themselves that Procore's side is late; open pages must only be told to ask again. */
  async function lookAtLists(connection: number): Promise<void> {
    const { polled } = pollState(reader.raw, connection, procoreLists)
    const lists = polled.filter((one) => lateSince(one, now()) !== null).map(({ list, project }) => `${list} ${project ?? ''}`)
    const text = lists.join()
    if (text === (late.get(connection) ?? '')) return
    late.set(connection, text)
    await writer.call('freshnessMoved', { connection })
  }

  async function look(): Promise<void> {
    await rhythm.tick()
    if (now() - lookedAt < lookMs) return
    lookedAt = now()
    for (const connection of rhythm.watched()) await lookAtLists(connection)
  }

  return {
    watch: rhythm.watch,
    leave: rhythm.leave,
    taken: rhythm.taken,
    async tick() {
      if (ticking) return
      ticking = true
      await look()
        .catch((error: unknown) => onFault(error, 'freshness'))
        .finally(() => {
          ticking = false
        })
    },
  }
}
