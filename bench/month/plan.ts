/** Which fault strikes on which day at which step: drawn by seed, every fault at least once in the month. */
import { type Random, random } from '../../test/procore/random.ts'
import type { Fault, Step } from './faults/fault.ts'
import { daily, named } from './faults/index.ts'
import { size } from './firm.ts'

/** `at` counts the day's moving files, or its calls so far; `seed` is for what the fault itself draws. */
export type Planned = { name: string; fault: Fault; step: Step; at: number; seed: number }

/** Files that move every day. */
const movingFiles = 5
const mostCalls = 60

/** Days with what strikes on each, in the order of the steps. */
export function drawPlan(seed: number): Planned[][] {
  const chance = random(seed * 1_000 + 7)
  const days: Planned[][] = Array.from({ length: size.days }, () => [])
  const last = size.days - 1
  for (const [n, one] of fitting(chance, last).entries()) days[n]!.push(planned(chance, one))
  for (const one of [...Object.entries(daily), ...Object.entries(daily)]) days[chance.whole(0, last)]!.push(planned(chance, one))
  return days
}

/** Shuffled until none lies on a day it cannot strike on. */
function fitting(chance: Random, last: number): [string, Fault][] {
  for (;;) {
    const order = chance.shuffled(Object.entries(named))
    if (order[0]?.[1].never !== 'first' && order[last]?.[1].never !== 'last') return order
  }
}

function planned(chance: Random, [name, fault]: [string, Fault]): Planned {
  const step = chance.pick(fault.steps)
  const at = step === 'file' ? chance.whole(0, movingFiles - 1) : step === 'sending' ? chance.whole(1, mostCalls) : 0
  return { ...{ name, fault, step, at }, seed: chance.whole(1, 1_000_000) }
}
