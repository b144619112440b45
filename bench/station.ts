/**
 * Each work in a process of its own, so that none pays for another's garbage: the parent asks them in turn, each answers the CPU time of its
 * whole process (reading and collecting threads included).
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { median } from './bench.ts'

/** In the child: does `work` at each request and answers what it cost, ms of CPU; `tidy` first, unmeasured. */
export function serve(work: () => unknown, tidy: () => unknown = () => undefined): void {
  process.on('message', async () => {
    await tidy()
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    process.send?.((user + system) / 1000)
  })
}

export type Measured = { ms: number; all: number[] }

/** Medians of `rounds` rounds after three warm-up rounds. `works`: name → program and its arguments. */
export async function interleaved<Name extends string>(
  works: Record<Name, readonly [program: string, ...args: string[]]>,
  rounds: number,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(works) as Name[]
  const stations = new Map(names.map((name) => [name, fork(works[name][0], works[name].slice(1), { stdio: 'inherit' })]))
  const times = new Map<Name, number[]>(names.map((name) => [name, []]))
  try {
    for (let round = -3; round < rounds; round++) {
      for (const [name, station] of stations) {
        const ms = await ask(station)
        if (round >= 0) times.get(name)?.push(Math.round(ms))
      }
    }
  } finally {
    for (const station of stations.values()) station.disconnect()
  }
  return Object.fromEntries([...times].map(([name, all]) => [name, { ms: median(all), all }])) as Record<Name, Measured>
}

/** One round; a station that dies instead of answering ends the measurement. */
async function ask(station: ChildProcess): Promise<number> {
  const stop = new AbortController()
  station.send('run')
  const died = once(station, 'exit', { signal: stop.signal }).then(([code]) => {
    throw new Error(`A measured process ended with ${code}.`)
  })
  try {
    const [ms] = await Promise.race([once(station, 'message', { signal: stop.signal }), died])
    return ms as number
  } finally {
    stop.abort()
    await died.catch(() => undefined)
  }
}
