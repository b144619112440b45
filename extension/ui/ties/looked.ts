import { useEffect, useRef, useState } from 'preact/hooks'
import { certainFrom } from '../../../shared/match.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import type { Matches } from '../../bridge/calls.ts'
import type { TiesRequest } from '../popover-door.ts'

/** `matches` were looked up as certain from `from` on. */
type Looked = { matches: Matches; from: number }

/** What is certain from a threshold on, looked up anew whenever that changes; what an older look answers late is not heard. */
export function useLooked({ ask, withCompany }: TiesRequest, signal: AbortSignal) {
  const [atLeast, setAtLeast] = useState(certainFrom)
  const [looked, setLooked] = useState<Looked | null>(null)
  const [trouble, setTrouble] = useState<ToldProblem | null>(null)
  const newest = useRef(0)
  useEffect(() => {
    newest.current += 1
    const mine = newest.current
    setTrouble(null)
    void withCompany((company) => ask('matches', { company, atLeast })).then((reply) => {
      if (signal.aborted || mine !== newest.current) return
      setTrouble('problem' in reply ? reply.problem : null)
      setLooked('problem' in reply ? null : { matches: reply.value, from: atLeast })
    })
  }, [atLeast])
  return { atLeast, setAtLeast, looked, trouble, looking: trouble === null && looked?.from !== atLeast }
}
