import type { Problem, ProblemCode, Trouble } from '../../shared/problem.ts'
import type { AskedParts, Connector } from './connector.ts'

type Started<Settings> = Awaited<ReturnType<Connector<Settings>['start']>>

type Asked<Settings> = Pick<AskedParts, 'onTrouble' | 'onTroubleOver'> & {
  /** Takes what lies there once it was asked. */
  taking: Started<Settings>
  /** Asks for everything; answers whatever went wrong with any of it. */
  work: () => Promise<Trouble[]>
  /** What it may tell of: told when met, over when not. */
  told: readonly ProblemCode[]
  /** How a problem is told where it stands; as it was met if left out. */
  as?: (met: Problem) => Problem
}

/**
 * A connector that is asked, as one that watches: once at a time, whoever asks meanwhile waits for the same. What came is taken whatever else went
 * wrong; then the first trouble is told to who asked.
 */
export function asked<Settings>({ taking, work, told, as = (met) => met, onTrouble, onTroubleOver }: Asked<Settings>): Started<Settings> {
  let going: Promise<Trouble | undefined> | null = null

  async function ask(): Promise<Trouble | undefined> {
    const troubles = await work()
    const codes = new Set<ProblemCode>(troubles.map(({ problem }) => problem.code))
    for (const { problem } of troubles) onTrouble(as(problem))
    for (const code of told) if (!codes.has(code)) onTroubleOver(code)
    return troubles[0]
  }

  return {
    readWaiting: taking.readWaiting,
    async checkNow() {
      going ??= ask().finally(() => {
        going = null
      })
      const trouble = await going
      await taking.checkNow()
      if (trouble) throw trouble
    },
  }
}
