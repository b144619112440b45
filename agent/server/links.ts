import type { StatusItem } from '../../shared/api/status.ts'
import { mayAct } from '../../shared/pairing.ts'
import { type Problem, problem, tellsHalfDone } from '../../shared/problem.ts'
import { watchDays } from '../../shared/watch.ts'
import type { Agent, Caller } from './agent.ts'
import type { Handlers } from './call.ts'
import { deadlineOf } from './deadline.ts'
import { companyOf, createConnectionOf, createFind, type Found, recordOf } from './find-link.ts'
import { requireOpen } from './guard.ts'
import { createKeys } from './keys.ts'
import { createAnswer } from './link-answer.ts'
import { done, noSuchLink, notLinked, Refusal, RightRefusal, refuse } from './refusal.ts'
import { toShape } from './says.ts'
import { createSides } from './sides.ts'
import type { Status } from './status.ts'
import { createTellBatch, isTheirs } from './unlink-batch.ts'

/** What one popover shows, and the acts on one link. */
export function linkHandlers(
  agent: Agent,
  status: Status,
): Pick<Handlers, 'link' | 'why' | 'readFirst' | 'resync' | 'unlink' | 'relink' | 'snapshot' | 'watch' | 'unwatch' | 'confirmMatch'> {
  const find = createFind(agent)
  const answer = createAnswer(agent, status)
  const tellBatch = createTellBatch(agent)
  const keys = createKeys(agent.reader)
  const sideOf = createSides(agent)
  const connectionOf = createConnectionOf(agent)

  /** Refuses a link of a connection that is open to others alone. */
  const beOpen = ({ record }: Found, caller: Caller): void => {
    if (record !== null) requireOpen(caller, connectionOf(record) ?? -1)
  }

  /** The link of an id, if this person may see its item. */
  const linkFor = (id: string, caller: Caller): { found: Found; item: StatusItem } => {
    const found = find(id, caller)
    if (found) beOpen(found, caller)
    const item = found && status.of({ company: companyOf(agent, found), items: [found.ref] }, caller).items[0]
    if (!found || !item) throw noSuchLink()
    return { found, item }
  }
  /** What an act names. Whether it is theirs is the writer's to say, which names what is missing and writes that down; so it is not asked here. */
  const recordNamed = (id: string, caller: Caller): number | null => find(id, caller)?.record ?? linkFor(id, caller).found.record
  const recordFor = (id: string, caller: Caller): number => {
    const record = recordNamed(id, caller)
    if (record === null) throw notLinked()
    return record
  }
  /** As they may see now: what Procore says of them may have come in since the call did. */
  const asOfNow = (caller: Caller): Caller => ({ ...caller, ...keys.now(caller.key) })

  /** The same; where Procore did not list them on its project, as last heard, it is asked again first. */
  async function linkSeen(id: string, caller: Caller): Promise<{ found: Found; item: StatusItem }> {
    const found = find(id, caller)
    if (found) beOpen(found, caller)
    const hidden = found !== null && status.of({ company: companyOf(agent, found), items: [found.ref] }, caller).items.length === 0
    if (!hidden || found.record === null) return linkFor(id, caller)
    await agent.hearAgain([found.record], caller.person)
    return linkFor(id, asOfNow(caller))
  }
  return {
    async link({ params, caller }) {
      const { found, item } = await linkSeen(params['id'] ?? '', caller)
      return answer(found, item, caller)
    },
    async why({ params, query: { action }, caller }) {
      const { found, item } = await linkSeen(params['id'] ?? '', caller)
      if (item.connection === null) throw refuse(409, 'no-link-connection')
      return agent.why({ connection: Number(item.connection), item: found.ref, record: found.record, person: caller.person, action })
    },
    async readFirst({ params, caller }) {
      const { found } = await linkSeen(params['id'] ?? '', caller)
      if (found.record === null) throw notLinked()
      return agent.readFirst(found.record)
    },
    async resync({ params, caller }) {
      const { found } = linkFor(params['id'] ?? '', caller)
      if (found.record === null) throw notLinked()
      return done(await agent.resync(found.record, caller))
    },
    async unlink({ params, body, caller }) {
      const id = params['id'] ?? ''
      const by = deadlineOf(agent, caller)
      const record = recordFor(id, caller)
      const { forecast: seen, reason = null, children = false, override = false } = body
      // Whoever may unlink: against the forecast it is for an admin alone.
      if (override && !mayAct(caller.role, 'admin')) throw new RightRefusal(problem('role-missing', { role: 'admin' }), caller)
      const {
        asked,
        forecast,
        batch = null,
        child,
        missing,
        tried = false,
      } = await agent.unlink(record, { forecast: seen, reason, children, override, by }, caller)
      if (missing) throw new Refusal(403, missing)
      const { found, item } = linkFor(id, asOfNow(caller))
      const isOver = asked === 'refused' || asked === 'unlinked'
      const { problems: open = [], reason: kept = null } = isOver ? await answer(found, item, caller) : {}
      const half = open.find(tellsHalfDone)
      const refusal = tried ? kept : forecast === null ? open[0] : null
      const told = batch === null ? null : tellBatch(batch, caller)
      const own = told?.entries.find(({ type, id: of }) => type === found.ref.type && of === found.ref.id)?.problem
      const why = child === undefined ? (own ?? half ?? (asked === 'refused' ? refusal : null) ?? null) : toShape(stopped(child))
      // Somebody else's names records of theirs: that it is under way is all that is told of it.
      const mine = told !== null && isTheirs(told, caller) ? told : null
      return { outcome: half ? 'refused' : asked, forecast, problem: why, ...(children ? { batch: mine } : {}) }
    },
    async relink({ params, caller }) {
      const id = params['id'] ?? ''
      const by = deadlineOf(agent, caller)
      const record = recordFor(id, caller)
      const { asked, why, missing } = await agent.relink(record, caller, by)
      if (missing) throw new Refusal(403, missing)
      const kept = asked === 'refused' && why === null ? linkFor(id, asOfNow(caller)) : null
      const { reason: problem = null } = kept ? await answer(kept.found, kept.item, caller) : {}
      return { outcome: asked, why, problem, undo: agent.undo(record) }
    },
    async watch({ params, body, caller }) {
      const record = recordFor(params['id'] ?? '', caller)
      const ask = { days: body.days ?? watchDays.usual, reason: body.reason ?? null }
      const { missing, ...told } = await agent.watch(record, ask, caller)
      if (missing) throw new Refusal(403, missing)
      return told
    },
    async unwatch({ params, caller }) {
      const record = recordNamed(params['id'] ?? '', caller)
      if (record === null) return { cancelled: false }
      const { missing, ...told } = await agent.unwatch(record, caller)
      if (missing) throw new Refusal(403, missing)
      return told
    },
    async snapshot({ params, caller }) {
      const { found } = linkFor(params['id'] ?? '', caller)
      const snapshot = found.record === null ? null : agent.snapshot(found.record)
      if (snapshot === null) throw refuse(404, 'never-unlinked')
      return snapshot
    },
    async confirmMatch({ params, body, caller }) {
      const record = recordOf(agent, params['id'] ?? '', caller)
      if (record === null) throw noSuchLink()
      sideOf(String(record), caller) // theirs to see, as the item has to be
      const company = companyOf(agent, { ref: body.item, record })
      const itemNow = () => {
        const item = status.of({ company, items: [body.item] }, caller).items[0]
        if (!item) throw noSuchLink()
        return item
      }
      itemNow() // theirs to see? asked before anything is done
      done(await agent.confirmMatch(record, body.item, caller))
      return itemNow()
    },
  }
}

/** What under it stands in the way. */
const stopped = (child: string): Problem => problem('child-not-unlinked', { child })
