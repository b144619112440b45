import type { Agent } from './agent.ts'
import type { AskRoutes } from './asks.ts'
import { auditHandlers } from './audit.ts'
import type { Handlers } from './call.ts'
import { type Events, eventsHandler } from './events.ts'
import { evidenceHandler } from './evidence.ts'
import { findHandler } from './find.ts'
import type { HandOverRoutes } from './hand-overs.ts'
import { historyHandler } from './history.ts'
import { latePeopleHandlers } from './late-people.ts'
import { lateUpkeepHandlers } from './late-upkeep.ts'
import { linkHandlers } from './links.ts'
import { listsHandler } from './lists.ts'
import { mappingHandlers } from './mappings.ts'
import { matchHandlers } from './matches.ts'
import { meHandler } from './me.ts'
import { overviewHandler } from './overview.ts'
import { peopleHandlers } from './people.ts'
import { planHandlers } from './plans.ts'
import { problemHandlers } from './problems.ts'
import { runHandlers } from './runs.ts'
import { scheduleHandlers } from './schedule.ts'
import { setUpHandlers } from './set-up.ts'
import { type Status, statusHandler } from './status.ts'
import { unlinkHandlers } from './unlinks.ts'

export type QuestionName = Exclude<
  keyof Handlers,
  AskRoutes | HandOverRoutes | 'pair' | 'eventTicket' | 'health' | 'ready' | 'metrics' | 'openapi'
>

/** Everything a known caller may ask or do; also what the command line asks directly while no agent runs. */
export function questionHandlers({
  agent,
  status,
  events,
}: {
  agent: Agent
  status: Status
  events: Events
}): Pick<Handlers, QuestionName> {
  return {
    me: meHandler(agent, status.served),
    status: statusHandler(status, agent),
    find: findHandler(agent, status),
    lists: listsHandler(agent, status),
    ...linkHandlers(agent, status),
    ...unlinkHandlers(agent, status),
    ...matchHandlers(agent, status),
    history: historyHandler(agent),
    evidence: evidenceHandler(agent),
    events: eventsHandler(events),
    ...runHandlers(agent),
    ...problemHandlers(agent),
    ...scheduleHandlers(agent),
    overview: overviewHandler(agent, status.served),
    ...peopleHandlers(agent),
    ...latePeopleHandlers(agent),
    ...setUpHandlers(agent),
    ...mappingHandlers(agent),
    ...planHandlers(agent),
    ...lateUpkeepHandlers(agent),
    ...auditHandlers(agent),
  }
}
