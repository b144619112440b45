import { useEffect, useRef, useState } from 'preact/hooks'
import { itemKey } from '../../../shared/item.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import type { Details, Relinked, Unlinked } from '../../bridge/calls.ts'
import type { UnlinkRequest } from '../popover-door.ts'
import type { Question } from './question.ts'

export type Answer = ({ of: 'unlink' } & Unlinked) | ({ of: 'undo' } & Relinked)

/** What is known of the link, and how far an act came; details are the newest that were shown, and an unlink names their forecast. */
export type Stand = { details: Details | null; trouble: ToldProblem | null; waiting: Question['act'] | null; answer: Answer | null }

/** Asks for the details when the dialog opens, after every act, and once the badge moves on: an unlink that took long ends behind the dialog. */
export function useStand(request: UnlinkRequest, signal: AbortSignal) {
  const [stand, setStand] = useState<Stand>({ details: null, trouble: null, waiting: null, answer: null })
  const acting = useRef(false)
  acting.current = stand.waiting !== null
  const { item, ask, withCompany, book } = request
  const load = async (): Promise<void> => {
    const reply = await withCompany((company) => ask('details', { item, company }))
    if (signal.aborted || acting.current) return
    if ('problem' in reply) setStand((now) => ({ ...now, trouble: reply.problem }))
    else setStand((now) => moved(now, reply.value))
  }
  const act = async (question: Question['act'], does: (company: string | null) => Promise<Reply>): Promise<void> => {
    setStand((now) => ({ ...now, waiting: question, answer: null, trouble: null }))
    const reply = await withCompany(does)
    if (signal.aborted) return
    if ('problem' in reply) setStand((now) => ({ ...now, waiting: null, trouble: reply.problem }))
    else {
      setStand((now) => ({ ...answered(now, reply.value), waiting: null }))
      acting.current = false
      await load()
    }
  }
  useEffect(() => {
    void load()
    book.onChange((keys) => {
      if (keys.has(itemKey(item)) && book.get(itemKey(item))) void load()
    }, signal)
  }, [])
  return { stand, act }
}

type Reply = { value: Answer | null } | { problem: ToldProblem }

/** An answer that names other facts than those shown brings them along. */
function answered(now: Stand, answer: Answer | null): Stand {
  const forecast = answer?.of === 'unlink' ? answer.forecast : null
  const details = now.details && forecast ? { ...now.details, link: { ...now.details.link, unlink: forecast } } : now.details
  return { ...now, details, answer }
}

/** What newer details make of it: an unlink under way has ended. An answer that was given stays. Pure. */
export function moved(now: Stand, details: Details): Stand {
  return { ...now, details, trouble: null, answer: ended(now.answer, details) ?? now.answer }
}

/** Done; kept by Procore, with the reason; or dropped because the facts moved. Null while it is under way, or was nothing of the kind. */
function ended(answer: Answer | null, { link: { status, unlink: forecast = null, problems } }: Details): Answer | null {
  if (answer?.of !== 'unlink' || answer.outcome !== 'under-way') return null
  if (forecast?.kind === 'done') return { of: 'unlink', outcome: 'unlinked', forecast, problem: null }
  // With what stands under it, its own turn comes last: until then it is not on its way itself.
  if (status.state === 'unlinking' || answer.batch !== undefined) return null
  // What passes by itself has ended nothing.
  const problem = problems.find(({ next }) => next !== 'wait' && next !== 'look') ?? null
  return { of: 'unlink', outcome: problem ? 'refused' : 'changed', forecast, problem }
}
