import { useState } from 'preact/hooks'
import type { AnswerOf, BodyOf } from '../../../shared/api.ts'
import type { PlanDepth } from '../../../shared/plan.ts'
import { Problem } from '../../../shared/ui/problem.tsx'
import { say, sayCode } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { listed } from '../../../shared/words/when.ts'
import { useLink } from '../link.ts'
import { Ticks } from '../ticks.tsx'

type Connection = AnswerOf<'plans'>['connections'][number]
type Scope = BodyOf<'askPlan'>['scope']
/** Kinds ticked, by connection. */
type Chosen = Readonly<Record<string, readonly string[]>>

const takenOf = ({ kinds }: Connection): string[] => kinds.filter(({ erpAsOf }) => erpAsOf !== null).map(({ entity }) => entity)
const mayPlan = (one: Connection): boolean => one.problem === null && takenOf(one).length > 0

/** What a plan is of: how deep, from which day, which connections and kinds of records. Everything that can be is ticked at first. */
export const NewPlan = ({ connections }: { connections: readonly Connection[] }) => {
  const { client, words } = useLink()
  const [depth, setDepth] = useState<PlanDepth>('deep')
  const [ever, setEver] = useState(true)
  const [day, setDay] = useState('')
  const [unticked, setUnticked] = useState<Chosen>({})
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const chosenOf = (one: Connection): string[] => (mayPlan(one) ? takenOf(one).filter((entity) => !unticked[one.id]?.includes(entity)) : [])
  const choose = (one: Connection, chosen: readonly string[]): void =>
    setUnticked({ ...unticked, [one.id]: takenOf(one).filter((entity) => !chosen.includes(entity)) })
  const scope = connections.flatMap((one) => (chosenOf(one).length > 0 ? [{ connection: one.id, entities: chosenOf(one) }] : [])) as Scope
  const make = async (): Promise<void> => {
    setBusy(true)
    const reply = await client.call('askPlan', { body: { depth, since: ever ? null : day, scope } })
    setBusy(false)
    if ('problem' in reply) setProblem(reply.problem)
    else location.hash = `#/plans/${reply.value.plan}`
  }
  return (
    <section class="card" id="new-plan">
      <h2>{say(words, 'plan.new')}</h2>
      <fieldset class="ways">
        <legend>{say(words, 'plan.depth')}</legend>
        <Way name="depth" id="deep" label={say(words, 'plan.depth.deep')} on={depth === 'deep'} choose={() => setDepth('deep')} />
        <small>{say(words, 'plan.depth.deep.says')}</small>
        <Way name="depth" id="quick" label={say(words, 'plan.depth.quick')} on={depth === 'quick'} choose={() => setDepth('quick')} />
      </fieldset>
      <fieldset class="ways">
        <legend>{say(words, 'plan.since')}</legend>
        <Way name="since" id="ever" label={say(words, 'plan.since.ever')} on={ever} choose={() => setEver(true)} />
        <Way name="since" id="day" label={say(words, 'plan.since.day')} on={!ever} choose={() => setEver(false)} />
        {!ever && (
          <input
            type="date"
            aria-label={say(words, 'plan.since.label')}
            aria-describedby="plan-since-says"
            value={day}
            onInput={({ currentTarget }) => setDay(currentTarget.value)}
          />
        )}
        <small id="plan-since-says">{say(words, 'plan.since.says')}</small>
      </fieldset>
      {connections.map((one) => (
        <Kinds key={one.id} of={one} chosen={chosenOf(one)} choose={(chosen) => choose(one, chosen)} />
      ))}
      <div role="status">{problem && <Problem told={problem} words={words} />}</div>
      <div class="steps">
        <button
          class="button primary"
          type="button"
          disabled={busy || scope.length === 0 || (!ever && day === '')}
          onClick={() => void make()}
        >
          {say(words, 'plan.make')}
        </button>
        <span>{say(words, 'plan.make.says')}</span>
      </div>
    </section>
  )
}

type WayProps = { name: string; id: string; label: string; on: boolean; choose: () => void }

const Way = ({ name, id, label, on, choose }: WayProps) => (
  <div class="way">
    <input id={`plan-${id}`} type="radio" name={`plan-${name}`} checked={on} onChange={choose} />
    <label for={`plan-${id}`}>{label}</label>
  </div>
)

type KindsProps = { of: Connection; chosen: readonly string[]; choose: (chosen: readonly string[]) => void }

const Kinds = ({ of, chosen, choose }: KindsProps) => {
  const { words } = useLink()
  const taken = takenOf(of)
  const named = (entity: string) => sayCode(words, 'entity', entity)
  const unread = of.kinds.filter(({ entity }) => !taken.includes(entity)).map(({ entity }) => named(entity))
  return (
    <fieldset data-connection={of.id}>
      <legend>{say(words, 'plan.kinds.of', { name: of.name })}</legend>
      {of.problem && <Problem told={of.problem} words={words} tone="gray" />}
      {of.problem === null && taken.length === 0 && <p class="empty">{say(words, 'console.sources.none')}</p>}
      {mayPlan(of) && (
        <>
          <div class="steps">
            <button class="button small" type="button" disabled={chosen.length === 0} onClick={() => choose([])}>
              {say(words, 'plan.kinds.none')}
            </button>
            <button class="button small" type="button" disabled={chosen.length === taken.length} onClick={() => choose(taken)}>
              {say(words, 'plan.kinds.all')}
            </button>
          </div>
          <Ticks id={`plan-${of.id}`} all={taken.map((entity) => ({ id: entity, name: named(entity) }))} chosen={chosen} choose={choose} />
          {unread.length > 0 && <small>{say(words, 'plan.kinds.unread', { kinds: listed(unread, words.locale) })}</small>}
        </>
      )}
    </fieldset>
  )
}
