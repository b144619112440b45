import { setTimeout as pause } from 'node:timers/promises'
import type { PlanGroupShape, PlanShape } from '../../shared/api/plans.ts'
import { type Entity, entities } from '../../shared/item.ts'
import { approvable, type PlanGroup } from '../../shared/plan.ts'
import type { Ask } from './ask-agent.ts'
import { type CliCommand, exit, type Output, textOf, UsageFault, type Values } from './command.ts'
import { openAgent } from './open-agent.ts'

const usage = 'plan [make | show ID | approve ID [GROUP …] | pause ID | resume ID | stop ID]'
const moves = { pause: 'paused', resume: 'running', stop: 'stopped' } as const

/** A first read of Procore may take hours: the plan is made all the same, and shown when it is asked for. */
const patienceMs = 10 * 60_000
const lookMs = 500

export const plan: CliCommand = {
  says: 'Make a sync as a plan: read both sides, list what would be written, approve it, and run exactly that.',
  usage: `${usage}
  alone         lists the plans
  make          reads both sides and lists what would be written; nothing is
  approve       lets groups go: ${approvable.join(', ')}, or ${approvable.map((what) => `vendors:${what}`).join(', ')} for one kind; all of them where none is named
  --quick       make: only what moved on either side; else both sides are read anew
  --since DAY   make: leave out what the ERP dates before it (yyyy-mm-dd); else from the beginning of time
  --kinds LIST  make: ${entities.join(', ')}; else every kind an export was taken of
  --connection  make: of this one; else of all that run
  --no-wait     make, approve: only begins it and prints the plan`,
  options: {
    ...{ quick: { type: 'boolean' }, since: { type: 'string' }, kinds: { type: 'string' } },
    ...{ connection: { type: 'string' }, 'no-wait': { type: 'boolean' } },
  },
  async run({ folder, values, out, words: [act, id, ...groups], now }) {
    const { running, ask, close } = await openAgent(folder)
    try {
      if (!running) {
        out.say('The agent does not run. Start it: tieback start')
        out.result({ running })
        return exit.notRunning
      }
      const patience = now() + (values['no-wait'] === true ? 0 : patienceMs)
      if (act === undefined) return await list(ask, out)
      if (act === 'make') return tell(out, await settled(ask, await make(ask, values), patience, now))
      if (id === undefined) throw new UsageFault(usage)
      if (act === 'approve') await ask('approvePlan', { params: { id }, body: { groups: chosen(await shown(ask, id), groups) } })
      else if (act in moves) await ask('movePlan', { params: { id }, body: { to: moves[act as keyof typeof moves] } })
      else if (act !== 'show') throw new UsageFault(usage)
      return tell(out, await (act === 'approve' ? settled(ask, id, patience, now) : shown(ask, id)))
    } finally {
      close()
    }
  },
}

const shown = async (ask: Ask, id: string): Promise<PlanShape> => (await ask('plan', { params: { id } })).plan

async function list(ask: Ask, out: Output): Promise<number> {
  const { plans } = await ask('plans')
  for (const one of plans) out.say(headOf(one))
  if (plans.length === 0) out.say('There are no plans yet. “tieback plan make” makes one; it writes nothing.')
  out.result({ plans })
  return exit.fine
}

async function make(ask: Ask, values: Values): Promise<string> {
  const { connections } = await ask('plans')
  const only = textOf(values, 'connection')
  const kinds = textOf(values, 'kinds')?.split(',')
  const strange = kinds?.find((kind) => !(entities as readonly string[]).includes(kind))
  if (strange !== undefined) throw new UsageFault(`“${strange}” is no kind of record. Kinds: ${entities.join(', ')}.`)
  const since = textOf(values, 'since') ?? null
  if (since !== null && !/^\d{4}-\d\d-\d\d$/.test(since)) throw new UsageFault('--since is a day: yyyy-mm-dd.')
  const scope = connections
    .filter((one) => (only === undefined ? one.problem === null : one.id === only))
    .map((one) => ({
      connection: one.id,
      entities: one.kinds.flatMap(({ entity, erpAsOf }) => ((kinds ? kinds.includes(entity) : erpAsOf !== null) ? [entity as Entity] : [])),
    }))
    .filter((one) => one.entities.length > 0)
  if (scope.length === 0)
    throw new UsageFault('There is nothing to plan: no connection runs, or no export was taken yet. “tieback status” says more.')
  const { plan: id } = await ask('askPlan', { body: { depth: values['quick'] === true ? 'quick' : 'deep', since, scope } })
  return id
}

/** Every group that may be approved, or those that were named: `new`, `vendors:new`. */
function chosen({ groups }: PlanShape, named: readonly string[]): { connection: string; entity: Entity; what: PlanGroup }[] {
  const fits = ({ entity, what }: PlanGroupShape) => named.length === 0 || named.includes(what) || named.includes(`${entity}:${what}`)
  const found = groups.filter((group) => group.mayApprove && fits(group))
  const lost = named.find(
    (name) => !groups.some(({ entity, what, mayApprove }) => mayApprove && (name === what || name === `${entity}:${what}`)),
  )
  if (lost !== undefined || found.length === 0)
    throw new UsageFault(
      `This plan has nothing to approve${lost === undefined ? '' : ` called “${lost}”`}. “tieback plan show” lists its groups.`,
    )
  return found.map(({ connection, entity, what }) => ({ connection, entity: entity as Entity, what: what as PlanGroup }))
}

async function settled(ask: Ask, id: string, until: number, now: () => number): Promise<PlanShape> {
  for (;;) {
    const one = await shown(ask, id)
    if (!['reading', 'running'].includes(one.state) || now() >= until) return one
    await pause(lookMs)
  }
}

const headOf = ({ id, state, depth, since, askedAt, askedBy }: PlanShape): string =>
  `Plan ${id}: ${state}. ${depth}, from ${since ?? 'the beginning of time'}; asked for ${askedAt}${askedBy === null ? '' : ` by ${askedBy}`}.`

function tell(out: Output, one: PlanShape): number {
  out.say(headOf(one))
  if (one.problem) out.say(`  ${one.problem.says} ${one.problem.do}`)
  for (const kind of one.kinds) {
    out.say(
      `  ${kind.entity} of connection ${kind.connection}: ERP as of ${kind.erpAsOf ?? 'unknown'}, Procore as of ${kind.procoreAsOf ?? 'unknown'}`,
    )
    const groups = one.groups.filter(({ connection, entity }) => connection === kind.connection && entity === kind.entity)
    out.say(
      `    ${[...groups.map(groupSaid), `${kind.agree} agree`, `${kind.before} before the first day`, `${kind.alone} left alone`].join(', ')}`,
    )
    if (kind.unread > 0) out.say(`    ${kind.unread} lists of Procore could not be read; “tieback problems” says why.`)
  }
  if (one.progress) out.say(`  ${progressSaid(one.progress)}`)
  if (one.state === 'ready' && one.groups.some(({ mayApprove }) => mayApprove))
    out.say(`  “tieback plan approve ${one.id}” writes what is new, linked and changed, and nothing else.`)
  out.result({ plan: one })
  return one.state === 'failed' || one.groups.some(({ failed }) => failed > 0) ? exit.trouble : exit.fine
}

const groupSaid = ({ what, rows, others, approved, written, leftOut, failed, waiting }: PlanGroupShape): string =>
  `${rows} ${what}${others > 0 ? ` (${others} in projects that are not yours)` : ''}${approved ? ` (${written} written, ${leftOut} left out, ${failed} failed, ${waiting} waiting)` : ''}`

const progressSaid = ({ of, done, all, perMinute, etaMs }: NonNullable<PlanShape['progress']>): string =>
  `${done} of ${all} ${of}; ${perMinute === null ? 'how fast is not known' : `${perMinute} a minute`}; ${etaMs === null ? 'the time left is not known' : `about ${Math.ceil(etaMs / 60_000)} min left`}`
