type Step = { name: string; ok: boolean; ms: number }

/** A step that did not hold: its name, and why. */
export class StepFailed extends Error {
  override name = 'StepFailed'
}

export type Steps = { done: Step[]; step<T>(name: string, work: () => Promise<T>): Promise<T> }

/** Runs steps one after the other, each named and timed. The first that fails ends the rest. */
export function makeSteps(say: (line: string) => void): Steps {
  const done: Step[] = []
  return {
    done,
    async step(name, work) {
      const began = performance.now()
      const note = (ok: boolean): number => {
        const ms = Math.round(performance.now() - began)
        done.push({ name, ok, ms })
        return ms
      }
      say(`\n${name}`)
      try {
        const answer = await work()
        say(`  ok, ${(note(true) / 1000).toFixed(1)} s`)
        return answer
      } catch (cause) {
        note(false)
        throw new StepFailed(`“${name}” did not hold: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
      }
    },
  }
}
