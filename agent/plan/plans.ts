/** Plans for whoever asks: made of both sides as they are read now, shown, approved, and moved. */
import { entities } from '../../shared/item.ts'
import type { PlanScope } from '../../shared/plan.ts'
import { problem } from '../../shared/problem.ts'
import { kinds } from '../items/index.ts'
import type { Reader } from '../ledger/reader.ts'
import type { StoredRow } from '../ledger/rows.ts'
import type { Writer } from '../ledger/writer-proxy.ts'
import type { Outcome, Plans } from '../server/agent.ts'
import { toShape } from '../server/says.ts'
import { planHead, planRows, planShape } from './answers.ts'
import type { PlanOutcome } from './commands.ts'

export type PlansParts = {
  reader: Pick<Reader, 'raw'>
  writer: Pick<Writer, 'call'>
  now: () => number
  /** Reads both sides of a plan and lists it; told of trouble by the plan itself. */
  read: (plan: number) => void
  wake: () => void
}

type Scope = ReadonlySet<string> | null

const mostPlans = 20
const all = `select p.*, a.name as asker, b.name as approver from plans p left join people a on a.id = p.asked_by left join people b on b.id = p.approved_by`

/** Kinds that may meet something in Procore; the others are parts of these. */
const planned = entities.filter((entity) => kinds[entity].itemTypes.length > 0)

export function createPlans({ reader: { raw }, writer, now, read, wake }: PlansParts): Plans {
  const shape = (row: StoredRow, scope: Scope) => planShape(raw, row, scope, now())
  const outcome = (answer: PlanOutcome): Outcome<number> | null => answer

  return {
    all: () => ({
      plans: raw.prepare(`${all} order by p.id desc limit ?`).all(mostPlans).map(planHead),
      connections: connectionsOf(raw),
    }),
    one(id, scope) {
      const row = raw.prepare(`${all} where p.id = ?`).get(id)
      return row ? shape(row, scope) : null
    },
    rows: (id, ask, may) => (raw.prepare('select 1 from plans where id = ?').get(id) ? planRows(raw, id, ask, may) : null),
    async ask({ depth, since, scope }, by) {
      const known: PlanScope = scope.map((one) => ({
        connection: Number(one.connection),
        entities: [...new Set(one.entities)].filter((entity) => planned.includes(entity)),
      }))
      if (known.some((one) => one.entities.length === 0)) return { refused: problem('plan-empty') }
      const asked = await writer.call('askPlan', { depth, since, scope: known, by })
      if ('ok' in asked) read(asked.ok)
      return asked
    },
    async approve(id, groups, scope, by) {
      const mine = groups.map(({ connection, ...group }) => ({ ...group, connection: Number(connection) }))
      const answer = outcome(await writer.call('approvePlan', { plan: id, groups: mine, projects: scope && [...scope], by }))
      wake()
      return answer
    },
    async move(id, to, by) {
      const answer = outcome(await writer.call('movePlan', { plan: id, to, by }))
      wake()
      return answer
    },
  }
}

function connectionsOf(raw: Reader['raw']): ReturnType<Plans['all']>['connections'] {
  const takenAt = new Map(
    raw
      .prepare('select connection, entity, as_of from sources')
      .all()
      .map(({ connection, entity, as_of: at }) => [`${connection} ${entity}`, at as number | null]),
  )
  return raw
    .prepare('select id, name, active, owner from connections where deleted_at is null order by id')
    .all()
    .map(({ id, name, active, owner }) => ({
      ...{ id: String(id), name: String(name) },
      problem:
        active !== 1
          ? toShape(problem('plan-not-active', { name: String(name) }))
          : owner === 'tieback'
            ? null
            : toShape(problem('plan-not-owner', { name: String(name) })),
      kinds: planned.map((entity) => {
        const at = takenAt.get(`${id} ${entity}`) ?? null
        return { entity, erpAsOf: at === null ? null : new Date(at).toISOString(), dated: kinds[entity].dayIn !== undefined }
      }),
    }))
}
