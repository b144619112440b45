import { useState } from 'preact/hooks'
import type { PlanShape } from '../../../shared/api/plans.ts'
import type { BodyOf } from '../../../shared/api.ts'
import { Problem } from '../../../shared/ui/problem.tsx'
import type { WordKey } from '../../../shared/words/en.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { Answered } from '../answered.tsx'
import { useAnswer, useLink } from '../link.ts'
import { at } from '../times.ts'
import { Kind } from './kind.tsx'
import { counted, groupKey, progressSaid, sinceSaid, stateSaid } from './said.ts'
import { useTurns } from './turns.ts'

/** One plan, from the reading of both sides to its end. */
export const Plan = ({ id }: { id: string }) => {
  const { words } = useLink()
  const asked = useAnswer('plan', { params: { id } })
  useTurns(asked.value?.plan.state, asked.ask)
  return (
    <>
      <p>
        <a href="#/plans">{say(words, 'plan.all')}</a>
      </p>
      <Answered asked={asked}>{({ plan }) => <Shown plan={plan} ask={asked.ask} />}</Answered>
    </>
  )
}

type Move = BodyOf<'movePlan'>['to']
const movesFrom: Record<string, readonly Move[]> = {
  reading: ['stopped'],
  ready: ['stopped'],
  running: ['paused', 'stopped'],
  paused: ['running', 'stopped'],
}
const moveWord: Record<Move, WordKey> = { paused: 'plan.pause', running: 'plan.resume', stopped: 'plan.stop' }

const Shown = ({ plan, ask }: { plan: PlanShape; ask: () => void }) => {
  const { client, words } = useLink()
  const [unticked, setUnticked] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const params = { id: plan.id }
  const may = plan.groups.filter(({ mayApprove, rows, others }) => mayApprove && rows > others)
  const ticked = may.filter((group) => !unticked.includes(groupKey(group)))
  const after = async (reply: Promise<object>): Promise<void> => {
    setBusy(true)
    const said = (await reply) as { problem?: ToldProblem }
    setBusy(false)
    setProblem(said.problem ?? null)
    ask()
  }
  const approve = () => {
    const groups = ticked.map(({ connection, entity, what }) => ({ connection, entity, what })) as BodyOf<'approvePlan'>['groups']
    return after(client.call('approvePlan', { params, body: { groups } }))
  }
  const moves = movesFrom[plan.state] ?? []
  return (
    <>
      <section class="card" data-state={plan.state}>
        <h2>{say(words, 'plan.number', { id: plan.id })}</h2>
        <Facts plan={plan} />
        {plan.problem && <Problem told={plan.problem} words={words} />}
        {plan.progress && <Progress plan={plan} />}
        <div role="status">{problem && <Problem told={problem} words={words} />}</div>
        {moves.length > 0 && (
          <div class="steps">
            {moves.map((to) => (
              <button
                key={to}
                class="button"
                type="button"
                data-move={to}
                disabled={busy}
                onClick={() => void after(client.call('movePlan', { params, body: { to } }))}
              >
                {say(words, moveWord[to])}
              </button>
            ))}
            {plan.approvedAt !== null && <span>{say(words, 'plan.stop.says')}</span>}
          </div>
        )}
      </section>
      {plan.kinds.length > 0 && <h2>{say(words, 'plan.found')}</h2>}
      {plan.kinds.map((kind) => (
        <Kind
          key={`${kind.connection} ${kind.entity}`}
          {...{ plan, kind, ticked: plan.state === 'ready' ? ticked.map(groupKey) : null }}
          tick={(key, on) => setUnticked(on ? unticked.filter((one) => one !== key) : [...unticked, key])}
        />
      ))}
      {plan.state === 'ready' && (
        <section class="card" id="approve">
          {may.length === 0 ? (
            <p class="empty">{say(words, 'plan.nothing')}</p>
          ) : (
            <>
              <p>{say(words, 'plan.approve.says')}</p>
              <div class="steps">
                <button class="button primary" type="button" disabled={busy || ticked.length === 0} onClick={() => void approve()}>
                  {say(words, 'plan.approve', {
                    rows: counted(
                      ticked.reduce((sum, { rows, others }) => sum + rows - others, 0),
                      words,
                    ),
                  })}
                </button>
              </div>
            </>
          )}
        </section>
      )}
    </>
  )
}

const Facts = ({ plan }: { plan: PlanShape }) => {
  const { words } = useLink()
  const by = (when: string, name: string | null): string =>
    say(words, 'plan.whom', { when: at(when, words), name: name ?? say(words, 'console.commandLine') })
  const facts = [
    [say(words, 'console.result'), stateSaid(plan, words)],
    [say(words, 'plan.depth'), sayCode(words, 'plan.depth', plan.depth)],
    [say(words, 'plan.since'), sinceSaid(plan, words)],
    [say(words, 'plan.asked'), by(plan.askedAt, plan.askedBy)],
    ...(plan.approvedAt === null ? [] : [[say(words, 'plan.approved'), by(plan.approvedAt, plan.approvedBy)]]),
  ]
  return (
    <dl class="counts facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const Progress = ({ plan: { progress, state } }: { plan: PlanShape }) => {
  const { words } = useLink()
  if (!progress) return null
  const said = progressSaid(progress, words, state === 'reading' || state === 'running')
  return (
    <div class="far">
      <progress aria-label={stateSaid({ state } as PlanShape, words)} max={Math.max(progress.all, 1)} value={progress.done} />
      <p>{said}</p>
    </div>
  )
}
