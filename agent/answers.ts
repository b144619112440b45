/** What the server may ask, answered: questions from the read-only ledger, acts handed to the part that does them. */
import type { FigureShape } from '../shared/api/links.ts'
import type { ForecastShape, UnlinkOutcome } from '../shared/forecast.ts'
import type { ItemRef } from '../shared/item.ts'
import { type LinkState, linkStates } from '../shared/link-state.ts'
import { once } from '../shared/once.ts'
import { mayAct } from '../shared/pairing.ts'
import { problem } from '../shared/problem.ts'
import type { RelinkOutcome } from '../shared/undo.ts'
import type { WatchShape } from '../shared/watch.ts'
import { kinds } from './items/index.ts'
import { figuresShown } from './ledger/figures-shown.ts'
import { waitingBehind } from './ledger/files.ts'
import { eyesOf } from './ledger/look.ts'
import type { Reader } from './ledger/reader.ts'
import { sourceById } from './ledger/sources.ts'
import { isHalfDone, lastUnlink } from './ledger/unlinks.ts'
import { watchOn } from './ledger/watches.ts'
import { wouldWrite } from './ledger/would-write.ts'
import type { Writer } from './ledger/writer-proxy.ts'
import type { PeopleLooks } from './look-at-people.ts'
import { outboxOps } from './outbox/outbox.ts'
import { placesOf } from './outbox/place.ts'
import { listFor } from './procore/index.ts'
import { contractOf } from './procore/list.ts'
import { lateSince } from './procore/poll-plan.ts'
import type { Schedule } from './schedule/schedule.ts'
import type { Agent, Caller, Columns, Mappings, Outcome, Plans, SetUp } from './server/agent.ts'
import { byOf } from './server/by.ts'
import { type Deadline, inTime } from './server/deadline.ts'
import type { Secrets } from './settings/secrets.ts'
import { isEnded } from './unlink/advance.ts'
import { askAgain } from './unlink/ask-again.ts'
import type { ToldFamily } from './unlink/batch.ts'
import { heldBy, unlinkFacts } from './unlink/facts.ts'
import { forecastOf, type UnlinkFacts } from './unlink/forecast.ts'
import { waitsSince } from './unlink/gone-together.ts'
import { readFirst } from './unlink/read-first.ts'
import { readyUnlinks } from './unlink/ready.ts'
import { watchSaid } from './unlink/set-watch.ts'
import { snapshotSaid } from './unlink/snapshot.ts'
import { undoOf } from './unlink/undo.ts'

export type AnswerParts = {
  name: string
  version: string
  now: () => number
  reader: Reader
  writer: Writer
  schedule: Schedule
  onScreen: (items: readonly ItemRef[]) => void
  /** Looks at both sides of one connection's place: the export folder and one list of Procore, of these contracts where it is read by contract. */
  check: (connection: number, list: string, project: string | null, contracts?: readonly string[]) => Promise<void>
  /** Fires watches whose time has come. */
  lookAtWatches: () => Promise<void>
  secrets: Secrets
  /** Reads what lies in the connection's export folder unread. */
  readWaiting: (connection: number) => Promise<void>
  /** Asks Procore about people while somebody waits: about one of them, or about all of a connection. */
  people: PeopleLooks
  /** Reads both sides of a plan and lists it. */
  readPlan: (plan: number) => void
  /** Where this agent keeps everything. */
  recovery: Agent['recovery']
  /** What it does for itself. */
  upkeep: Agent['upkeep']
  /** Something may wait to be sent. */
  wake: () => void
  waiting: () => readonly string[]
  onFault: (error: unknown, where: string) => void
}

/** A person waits for the answer: longer than Procore takes as a rule, shorter than any answer of the server may take. */
const linkWaitMs = 5_000

export function answersOf({ name, version, now, reader, writer, schedule, ...parts }: AnswerParts): Agent {
  const connectionOf = (record: number): number | null => {
    const row = reader.raw.prepare('select source from records where id = ?').get(record)
    return row ? sourceById(reader.raw, Number(row['source'])).connection : null
  }
  const lookAt = (record: number) => {
    const connection = connectionOf(record)
    return connection === null ? null : { connection, looked: eyesOf(reader.raw, kinds, connection).look(record) }
  }

  async function resync(record: number, caller: Caller): Promise<Outcome<{ run: string }>> {
    const at = lookAt(record)
    if (!at?.looked?.item) return { refused: problem('not-linked') }
    const { item, source } = at.looked
    const list = listFor(item.type)
    const run = await writer.call('beginRun', { connection: at.connection, entity: source.entity, kind: 'check', startedBy: caller.person })
    const end = (state: 'done' | 'failed') => writer.call('endRun', { run, state, counts: { items: 1 } })
    parts
      .check(at.connection, list?.id ?? '', item.project, list && contractOf(list, item))
      .then(() => writer.call('rejudge', { connection: at.connection, records: [record] }))
      .then(() => end('done'))
      .catch(async (error: unknown) => {
        parts.onFault(error, `check of link ${record}`)
        await end('failed')
      })
      .catch((error: unknown) => parts.onFault(error, `run ${run}`))
    return { ok: { run: String(run) } }
  }

  const stateOf = (record: number): LinkState =>
    linkStates[Number(reader.raw.prepare('select state from links where record = ?').get(record)?.['state'])] ?? 'not-linked'

  /** Once it is over; or when waiting has been long enough, for Procore may be down. */
  function whenOver(isOver: () => boolean, ms = linkWaitMs): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        stop()
        resolve()
      }
      const timer = setTimeout(end, ms)
      const stop = writer.onEvents(() => isOver() && end())
      if (isOver()) end()
    })
  }

  const readFirstOf = (records: readonly number[], ms?: number): Promise<boolean> =>
    readFirst(new Set(records.flatMap((record) => connectionOf(record) ?? [])), parts.readWaiting, ms)

  const hearAgain = (records: readonly number[], person: number): Promise<void> => askAgain(reader.raw, parts.people, records, person)

  async function unlink(record: number, { children, override, by, ...ask }: Parameters<Agent['unlink']>[1], caller: Caller) {
    const read = await readFirstOf([record], by.left(linkWaitMs))
    if (!read) return { asked: 'reading' as const, forecast: forecastNow(record), batch: null }
    await inTime(hearAgain([record], caller.person), by.left(), undefined)
    const asked = { ...ask, record, by: byOf(caller) }
    const told: ToldFamily = children
      ? await writer.call('askFamily', asked)
      : { ...(await writer.call('askUnlink', { ...asked, override })), batch: null }
    if (told.missing || (told.asked !== 'asked' && told.asked !== 'under-way')) return told
    const { batch } = told
    const ended = whenOver(() => (batch === null ? stateOf(record) !== 'unlinking' : isEnded(reader.raw, batch)), by.left(linkWaitMs))
    parts.wake()
    await ended
    const state = stateOf(record)
    const isOpen = batch === null ? state === 'unlinking' : !isEnded(reader.raw, batch)
    const forecast = forecastNow(record)
    const moved = batch === null && !isTold(record) && forecast?.id !== ask.forecast
    const outcome: UnlinkOutcome = state === 'unlinked' ? 'unlinked' : isOpen ? 'under-way' : moved ? 'changed' : 'refused'
    return { asked: outcome, forecast, batch, tried: true }
  }
  /** Whether its link has trouble to tell. A wish dropped because the facts moved has none: nobody refused it. */
  const isTold = (record: number): boolean =>
    reader.raw.prepare('select 1 from links where record = ? and problem is not null').get(record) !== undefined

  async function relink(record: number, caller: Caller, by: Deadline) {
    await inTime(hearAgain([record], caller.person), by.left(), undefined)
    const told = await writer.call('askRelink', { record, by: byOf(caller) })
    if (told.asked === 'refused') return told
    const isOpen = (): boolean => isRelinking.get(record) !== undefined
    const ended = whenOver(() => !isOpen(), by.left(linkWaitMs))
    parts.wake()
    await ended
    const asked: RelinkOutcome = isOpen() ? 'under-way' : isBack(record) ? 'relinked' : 'refused'
    return { asked, why: null }
  }
  /** By the unlink itself: one that is half done may leave the link's state as it is. */
  const isBack = (record: number): boolean => {
    const unlink = lastUnlink(reader.raw, record)
    return unlink !== null && unlink.relinkedAt !== null && !isHalfDone(unlink)
  }
  const isRelinking = reader.raw.prepare(`select 1 from outbox where record = ? and op = ${outboxOps.indexOf('relink')} and state <> 5`)

  const factsNow = (record: number): UnlinkFacts | null => {
    const connection = connectionOf(record)
    return connection === null ? null : unlinkFacts(reader.raw, eyesOf(reader.raw, kinds, connection), record, heldBy(reader.raw))
  }
  const watchNow = (record: number): WatchShape | null => {
    const watch = watchOn(reader.raw, record)
    return watch && watchSaid(watch, waitsFor(record))
  }
  const waitsFor = (record: number): number | null => {
    const connection = connectionOf(record)
    const eyes = connection === null ? null : eyesOf(reader.raw, kinds, connection)
    const [looked, forecast] = [eyes?.look(record), forecastNow(record)]
    return eyes && looked && forecast ? waitsSince(reader.raw, eyes, looked, forecast) : null
  }
  const forecastNow = (record: number): ForecastShape | null => {
    const facts = factsNow(record)
    return facts && forecastOf(facts, now())
  }

  /** Takes a file that waited now, whatever it changes: whoever asks takes that on. */
  const release = (file: number, caller: Caller): Promise<void> =>
    writer
      .call('releaseTake', { file, by: byOf(caller) })
      .then(parts.wake)
      .catch((error: unknown) => parts.onFault(error, `release of file ${file}`))

  /** Loaded when a person first looks for a partner: an agent at rest has no use for it. */
  const matching = async () =>
    (await import('./match/answers.ts')).matchAnswers({
      ...{ raw: reader.raw, kinds, now },
      confirm: async (input) => {
        const left = await writer.call('confirmMatches', input)
        parts.wake()
        return left
      },
    })

  /** Loaded when somebody first sets a connection up; it remembers which settings passed. */
  const setUp = once(
    async (): Promise<SetUp> =>
      (await import('./set-up/set-up.ts')).createSetUp({ reader, writer, secrets: parts.secrets, now, handOvers: await handOvers() }),
  )
  const handOvers = once(async () =>
    (await import('./set-up/hand-overs.ts')).createHandOvers({
      ...{ reader, secrets: parts.secrets, now, name, recovery: parts.recovery },
      write: (command, input) => writer.call(command, input),
    }),
  )

  /** Loaded when somebody first names columns. */
  const columns = once(
    async (): Promise<Columns> =>
      (await import('./mapping/columns.ts')).createColumns({ raw: reader.raw, setSettings: (input) => writer.call('setSettings', input) }),
  )
  /** Loaded when somebody first looks at a mapping. */
  const mappings = once(
    async (): Promise<Mappings> =>
      (await import('./mapping/mappings.ts')).createMappings({
        reader,
        save: (input) => writer.call('saveMapping', input),
        back: (input) => writer.call('mappingBack', input),
      }),
  )

  /** Loaded when somebody first looks at plans. */
  const plans = once(
    async (): Promise<Plans> =>
      (await import('./plan/plans.ts')).createPlans({ reader, writer, now, read: parts.readPlan, wake: parts.wake }),
  )

  return {
    ...{ setUp, handOvers, mappings, columns, plans },
    candidates: async (of, may) => (await matching()).candidates(of, may),
    matches: async (ask, may, caller) => (await matching()).matches(ask, may, caller),
    ...{ name, version, now, reader, resync, onScreen: parts.onScreen, waiting: parts.waiting },
    write: (command, input) => writer.call(command, input as never) as never,
    onEvents: (listener) => writer.onEvents(listener),
    listOf: (type) => listFor(type)?.id ?? null,
    lateSince: (place) => lateSince(place, now()),
    fieldsOf: (entity) => kinds[entity as keyof typeof kinds]?.fields ?? [],
    wouldWrite: (run, may) => wouldWrite(reader.raw, kinds, run, may),
    places: () => placesOf(reader.raw, kinds),
    async figures(record): Promise<FigureShape[]> {
      const looked = lookAt(record)?.looked
      return looked ? figuresShown(reader.raw, looked) : []
    },
    forecast: async (record) => forecastNow(record),
    readFirst: async (record) => ({ reading: !(await readFirstOf([record])), forecast: forecastNow(record) }),
    evidence: async (ask, language, { name: by }) => {
      const { evidenceIn } = await import('./evidence/in-language.ts')
      return evidenceIn(language, reader.raw, kinds, ask, { at: now(), by, agent: name, version })
    },
    hearAgain,
    ...{ recovery: parts.recovery, upkeep: parts.upkeep },
    lookAtPeople: (connection) => parts.people.all(connection),
    lookUpPeople: async (text) => (await import('./look-up-people.ts')).lookUpPeople(reader.raw, parts.people, text),
    why: async ({ record, ...asked }) => {
      if (record !== null) await hearAgain([record], asked.person)
      const facts = record === null ? null : factsNow(record)
      const [{ whyChain }, { whyFacts }, { unlinkChain }] = await Promise.all([
        ...([import('./why/chain.ts'), import('./why/facts.ts'), import('./why/unlink.ts')] as const),
      ])
      return whyChain(whyFacts(reader.raw, { ...asked, unlink: facts && unlinkChain(facts, now()) }))
    },
    unlink,
    async unlinks(ask, caller) {
      const records = ask.wanted.flatMap(({ record }) => record ?? [])
      if (!(await readFirstOf(records))) return null
      await hearAgain(records, caller.person)
      const batch = await writer.call('askUnlinks', { ...ask, by: byOf(caller) })
      parts.wake()
      return batch
    },
    readyUnlinks: (ask) => readyUnlinks(reader.raw, kinds, now(), ask),
    relink,
    undo(record) {
      const looked = lookAt(record)?.looked
      return looked ? undoOf(reader.raw, looked, now()) : null
    },
    snapshot: (record) => snapshotSaid(reader.raw, record),
    async watch(record, ask, { person, key, origin }) {
      await hearAgain([record], person)
      const { forecast, missing } = await writer.call('setWatch', { record, ...ask, by: { person, key, origin } })
      await parts.lookAtWatches() // it may be gone already
      return { watch: watchNow(record), forecast, ...(missing ? { missing } : {}) }
    },
    async unwatch(record, caller) {
      await hearAgain([record], caller.person)
      return writer.call('cancelWatch', { record, by: byOf(caller) })
    },
    watchOn: watchNow,
    async confirmMatch(record, item, caller) {
      const refused = await writer.call('confirmMatch', { record, item, by: byOf(caller) })
      parts.wake()
      return refused === null ? { ok: null } : { refused }
    },
    async retry(cause, caller) {
      const waiting = waitingBehind(reader.raw, cause)
      if (waiting.length > 0 && !mayAct(caller.role, 'admin')) return { refused: problem('role-missing', { role: 'admin' }) }
      for (const file of waiting) void release(file, caller)
      const retried =
        waiting.length ||
        (await writer.call('retry', { cause, projects: caller.scope && [...caller.scope], shut: [...caller.shut.keys()] }))
      parts.wake()
      return { ok: retried }
    },
    scheduleEntries: async () => schedule.list(),
    async runNow(id, caller) {
      const entry = schedule.find(id)
      const held = entry ? schedule.heldUntil(entry) : null
      if (held !== null) return { refused: problem('extract-quiet', { when: new Date(held).toISOString() }) }
      return entry ? { ok: { run: await schedule.start(entry, caller.person || null) } } : null
    },
    nextRun: (connection) => schedule.nextOf(connection),
  }
}
