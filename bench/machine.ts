/** How fast the machine is right now, told by work that is the same everywhere and in every version. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from './bench.ts'

const fixedWork = fileURLToPath(new URL('reference/fixed-work.ts', import.meta.url))

/**
 * What the fixed work takes, ms, on the machine of the days on which bounds in seconds were set and held. The agent of 2026-11-23 morning started
 * there in 432 ms; later, on a day when the fixed work took 242 ms, the same agent took 730 (15 starts of each in turn).
 */
const fixedWorkThen = 143

/** How many times longer than there. A bound stays what it is; this tells whether a figure over it is the machine's doing. */
export const slowness = (fixed: readonly number[]): number => median(fixed) / fixedWorkThen

/** The fixed work once, from spawn to end, ms. */
export function doFixedWork(): number {
  const began = performance.now()
  const { status, stderr } = spawnSync(process.execPath, [fixedWork], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The fixed work ended with ${status}: ${stderr}`)
  return performance.now() - began
}
