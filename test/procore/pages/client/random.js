import { start } from './start.js'

/** Repeatable chance (mulberry32): the same seed waits the same. */
export function seeded(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const chance = seeded(start.options.seed)

/** Waits somewhere between two times, as a page under way does; not at all when the page mounts at once. */
export function stage(leastMs, mostMs) {
  if (start.options.mounts === 'at-once') return Promise.resolve()
  return new Promise((done) => setTimeout(done, leastMs + chance() * (mostMs - leastMs)))
}
