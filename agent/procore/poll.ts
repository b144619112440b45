/** Reads Procore's lists when they are due and hands them to the ledger; stops by the signal. Trouble with one list does not stop the others. */
import type { ItemRef, ItemType } from '../../shared/item.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { Client } from './client.ts'
import { contractPayments } from './contract-payments.ts'
import { ProcoreTrouble } from './errors.ts'
import type { ProcoreList, Where } from './list.ts'
import { isFull, nextDue, nextPolls, type Poll, type Polled, sinceOf, wholeMsOf } from './poll-plan.ts'
import type { PollState } from './poll-state.ts'
import type { Clock } from './rate-limit.ts'
import { stamp } from './reading-lists.ts'

/** What a list said, page by page with the same `at`; `complete` with the last page of a whole reading (ledger/items-seen.ts). */
type Seen = {
  connection: number
  list: string
  types: readonly ItemType[]
  project: string | null
  items: readonly ProcoreItem[]
  complete: boolean
  readTo: string | null
  at: number
}

export type PollParts = {
  client: Client
  connection: number
  lists: readonly ProcoreList[]
  state: () => PollState | Promise<PollState>
  itemsSeen: (seen: Seen) => Promise<unknown>
  /** Trouble with a list, and its end. */
  onTrouble: (trouble: { connection: number; list: string; project: string | null; problem: Problem }) => void | Promise<void>
  onWell: (list: { connection: number; list: string; project: string | null }) => unknown
  clock: Clock
  signal: AbortSignal
}

export type Polling = {
  /** These items are on a screen now: their lists are kept a minute fresh. */
  seen(refs: readonly ItemRef[]): void
  /** Reads one list up to now, before anything else; rejects with the trouble there is. `contracts`: of these commitments alone, where it is listed by commitment; `whole`: all of it, however lately it was. */
  pollNow(list: string, project: string | null, contracts?: readonly string[], whole?: boolean): Promise<void>
  /** Something may be due: the plan is made anew. */
  wake(): void
  stopped: Promise<void>
}

type Troubles = Map<string, { notBefore: number; tries: number }>

const keyOf = ({ list, project }: { list: string; project: string | null }): string => `${list} ${project ?? ''}`

/** After trouble: half a minute, doubling to half an hour; longer where only a person can help. */
const waits = { first: 30_000, most: 30 * 60_000, person: 60 * 60_000 }

export function startPolling(parts: PollParts): Polling {
  const onScreen = new Map<string, number>()
  const troubles: Troubles = new Map()
  const well = new Set<string>()
  let wake: () => void = () => undefined

  const now = async (): Promise<PollState> => {
    const { polled, ...others } = await parts.state()
    const fresh = polled.map(
      (one): Polled => ({ ...one, seenAt: onScreen.get(keyOf(one)) ?? null, notBefore: troubles.get(keyOf(one))?.notBefore ?? 0 }),
    )
    return { polled: fresh, ...others }
  }

  async function loop(): Promise<void> {
    while (!parts.signal.aborted) {
      const state = await now()
      const [next] = nextPolls(state.polled, parts.clock.now())
      if (next) await readNoted(parts, next, state, troubles, well)
      else await rest(nextDue(state.polled, parts.clock.now()) - parts.clock.now())
    }
  }

  async function rest(ms: number): Promise<void> {
    const early = new AbortController()
    wake = () => early.abort()
    await parts.clock.sleep(Math.max(ms, 100), AbortSignal.any([parts.signal, early.signal])).catch(cutShort)
  }

  return {
    seen(refs) {
      for (const { type, project } of refs) {
        const list = parts.lists.find((one) => one.itemTypes.includes(type))
        if (list) onScreen.set(keyOf({ list: list.id, project: list.scope === 'company' ? null : (project ?? null) }), parts.clock.now())
      }
      wake()
    },
    async pollNow(name, project, contracts, whole = false) {
      const state = await now()
      const known = state.polled.find((one) => one.list === name && one.project === project)
      const polled = known ?? unread(parts, name, project)
      const full = contracts === undefined && (whole || isFull(polled, parts.clock.now()))
      const trouble = await readNoted(
        parts,
        { polled, full },
        contracts ? { ...state, contracts: () => [...contracts] } : state,
        troubles,
        well,
      )
      if (trouble !== null) throw trouble
    },
    wake: () => wake(),
    stopped: loop(),
  }
}

/** A sleep cut short by the signal or by news: either way the loop looks again. */
const cutShort = (): void => undefined

const unread = ({ connection, lists }: PollParts, list: string, project: string | null): Polled => ({
  ...{ connection, list, project, readAt: null, fullAt: null, readTo: null, touchedAt: null, seenAt: null, notBefore: 0 },
  wholeMs: Math.max(0, ...lists.filter(({ id }) => id === list).map(wholeMsOf)),
})

/** Reads one list and writes down how it went; answers the trouble there was, null when all is well. */
async function readNoted(
  parts: PollParts,
  { polled, full }: Pick<Poll, 'polled' | 'full'>,
  state: PollState,
  troubles: Troubles,
  well: Set<string>,
): Promise<Error | null> {
  const { connection, list, project } = polled
  try {
    await read(parts, polled, full, whereOf(polled, full, state))
  } catch (cause) {
    if (!parts.signal.aborted) await noteTrouble(parts, polled, cause, troubles)
    return cause instanceof Error ? cause : new Error(String(cause))
  }
  // Also the first time: what was wrong before a restart stands in the ledger alone.
  if (troubles.delete(keyOf(polled)) || !well.has(keyOf(polled))) await parts.onWell({ connection, list, project })
  well.add(keyOf(polled))
  return null
}

/** Everything a list may need to know; which commitments were paid on is asked only for the list of payments. */
const whereOf = ({ list, project }: Polled, full: boolean, { anyProject, costCodeList, contracts }: PollState): Where => ({
  ...{ project, anyProject, costCodeList },
  ...(list === contractPayments.id && project !== null ? { contracts: contracts(project, full) } : {}),
})

async function noteTrouble(parts: PollParts, polled: Polled, cause: unknown, troubles: Troubles): Promise<void> {
  const { connection, list, project } = polled
  const tries = (troubles.get(keyOf(polled))?.tries ?? 0) + 1
  const trouble = cause instanceof ProcoreTrouble ? cause : null
  const at = parts.clock.now()
  const wait = trouble && trouble.retryAt === null ? waits.person : Math.min(waits.first * 2 ** (tries - 1), waits.most)
  const notBefore = Math.max(trouble?.retryAt ?? 0, at + wait)
  troubles.set(keyOf(polled), { notBefore, tries })
  const when = new Date(notBefore).toISOString()
  const what = trouble?.problem ?? problem('run-failed', { reason: cause instanceof Error ? cause.message : String(cause) })
  await parts.onTrouble({ connection, list, project, problem: { ...what, params: { ...what.params, when } } })
}

/** One reading of one list, told page by page; the last page says whether that was the whole list. */
async function read(parts: PollParts, { list: name, project, readTo }: Polled, full: boolean, where: Where): Promise<void> {
  const { client, connection, signal } = parts
  const list = parts.lists.find((one) => one.id === name)
  if (!list) throw new TypeError(`There is no list ${name}.`)
  const at = parts.clock.now()
  const since = full || readTo === null ? {} : { since: sinceOf(readTo) }
  let newest = list.byContract ? stamp(at) : readTo
  let held: ProcoreItem[] = []
  const tell = (items: readonly ProcoreItem[], last: boolean): Promise<unknown> =>
    parts.itemsSeen({
      ...{ connection, list: name, types: list.itemTypes, project, items, at },
      complete: last && full,
      ...(last && list.byContract ? { contracts: where.contracts ?? [] } : {}),
      readTo: last ? newest : null,
    })
  for await (const page of list.read(client, where, { ...since, priority: 'page', signal })) {
    if (held.length > 0) await tell(held, false)
    held = page
    for (const { updatedAt } of page)
      if (updatedAt !== null && (newest === null || Date.parse(updatedAt) > Date.parse(newest))) newest = updatedAt
  }
  await tell(held, true)
}
