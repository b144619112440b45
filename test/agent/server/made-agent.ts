/** A real server over a real ledger in a temp folder; only the clock is ours. What other parts would do (runs, polls) is noted down. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { evidenceIn } from '../../../agent/evidence/in-language.ts'
import { kinds } from '../../../agent/items/index.ts'
import { ledgerCommands } from '../../../agent/ledger/commands.ts'
import { openWriting } from '../../../agent/ledger/open.ts'
import { openReader } from '../../../agent/ledger/reader.ts'
import { turns } from '../../../agent/ledger/turns.ts'
import { watchOn } from '../../../agent/ledger/watches.ts'
import type { Writer } from '../../../agent/ledger/writer-proxy.ts'
import { createColumns } from '../../../agent/mapping/columns.ts'
import { createMappings } from '../../../agent/mapping/mappings.ts'
import { matchAnswers } from '../../../agent/match/answers.ts'
import { placesOf } from '../../../agent/outbox/place.ts'
import * as planCommands from '../../../agent/plan/commands.ts'
import { createPlans } from '../../../agent/plan/plans.ts'
import { lateSince } from '../../../agent/procore/poll-plan.ts'
import type { Agent } from '../../../agent/server/agent.ts'
import { serverCommands } from '../../../agent/server/commands.ts'
import { type ListenAt, onLoopback } from '../../../agent/server/listen.ts'
import { startServer } from '../../../agent/server/server.ts'
import { createSigner } from '../../../agent/server/sign.ts'
import { handOverCommands } from '../../../agent/set-up/hand-over-commands.ts'
import { createHandOvers } from '../../../agent/set-up/hand-overs.ts'
import { askRelink } from '../../../agent/unlink/ask-relink.ts'
import { askUnlink } from '../../../agent/unlink/ask-unlink.ts'
import { askUnlinks } from '../../../agent/unlink/batch.ts'
import { cancelWatch, setWatch, watchSaid } from '../../../agent/unlink/set-watch.ts'
import { whyChain } from '../../../agent/why/chain.ts'
import { whyFacts } from '../../../agent/why/facts.ts'
import type { ScheduleEntryShape } from '../../../shared/api/runs.ts'
import type { Event } from '../../../shared/event.ts'
import { type Entity, type ItemRef, type ItemType, itemTypes } from '../../../shared/item.ts'
import { type LinkState, linkStates } from '../../../shared/link-state.ts'
import type { Role } from '../../../shared/pairing.ts'
import { problem } from '../../../shared/problem.ts'

export type MadeAgent = Awaited<ReturnType<typeof makeAgent>>

export async function makeAgent(places: readonly ListenAt[] = [onLoopback(0)], consoleFolder?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tieback-server-'))
  const path = join(folder, 'ledger.db')
  const clock = { ms: Date.parse('2026-11-20T14:00:00Z') }
  const writing = await openWriting(path)
  const listeners = new Set<(events: readonly Event[]) => void>()
  const transact = turns({
    raw: writing,
    now: () => clock.ms,
    onEvents: (events) => {
      for (const listener of listeners) listener(events)
    },
  })
  const reader = openReader(path)
  const seen: ItemRef[] = []
  const faults: unknown[] = []
  const asked: string[] = []
  const planCall: Writer['call'] = async (name, input) =>
    transact((tx) => (planCommands as unknown as Record<string, (tx: unknown, input: unknown) => never>)[name]?.(tx, input) as never)
  const secrets = new Map<string, string>()
  const recovery: Agent['recovery'] = async () => ({
    ...{ computer: 'erp-server', folder, ledger: path, backups: join(folder, 'backups'), newestBackup: null },
    ...{ addresses: ['http://127.0.0.1:4711'], certificate: null },
  })
  const handOvers = createHandOvers({
    ...{ reader, now: () => clock.ms, name: 'Practice server', recovery },
    write: (name, input) =>
      transact((tx) => (handOverCommands[name as keyof typeof handOverCommands] as (tx: unknown, input: unknown) => never)(tx, input)),
    secrets: {
      get: async (name) => secrets.get(name) ?? null,
      set: async (name, value) => void secrets.set(name, value),
      delete: async (name) => void secrets.delete(name),
    },
  })
  const agent: Agent = {
    ...matchAnswers({
      ...{ raw: reader.raw, kinds, now: () => clock.ms },
      confirm: (input) => transact((tx) => ledgerCommands(kinds).confirmMatches(tx, input)),
    }),
    setUp: async () => {
      throw new Error('Nothing is set up here.')
    },
    upkeep: async () => {
      throw new Error('Nothing is kept up here.')
    },
    columns: async () =>
      createColumns({ raw: reader.raw, setSettings: (input) => transact((tx) => ledgerCommands(kinds).setSettings(tx, input)) }),
    mappings: async () =>
      createMappings({
        reader,
        save: (input) => transact((tx) => ledgerCommands(kinds).saveMapping(tx, input)),
        back: (input) => transact((tx) => ledgerCommands(kinds).mappingBack(tx, input)),
      }),
    plans: async () =>
      createPlans({
        reader,
        writer: { call: planCall },
        now: () => clock.ms,
        read: (plan) => void asked.push(`plan ${plan}`),
        wake: () => undefined,
      }),
    name: 'Practice server',
    version: '0.1.0',
    now: () => clock.ms,
    reader,
    write: (name, input) =>
      transact((tx) => (({ ...serverCommands, ...ledgerCommands(kinds) })[name] as (tx: unknown, input: unknown) => never)(tx, input)),
    onEvents(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    listOf: (type) => `${type}s`,
    lateSince: (place) => lateSince(place, clock.ms),
    fieldsOf: (entity) => (entity === 'vendors' ? ['Vendor', 'Name'] : ['Commitment', 'Description', 'Amount']),
    wouldWrite: (run, may) => (run === 1 && may(null) ? [{ key: 'SC-1', op: 'update', body: { title: 'Steel' } }] : []),
    places: () => placesOf(reader.raw, kinds),
    forecast: async () => null,
    readFirst: async () => ({ reading: false, forecast: null }),
    evidence: async (ask, language, { name: by }) =>
      evidenceIn(language, reader.raw, kinds, ask, { at: clock.ms, by, agent: 'Practice server', version: '0.1.0' }),
    hearAgain: async () => undefined,
    lookAtPeople: async (connection) => asked.push(`look at people of ${connection}`) > 0,
    recovery,
    handOvers: async () => handOvers,
    lookUpPeople: async (text) => ({ people: [], more: false, seen: asked.push(`look up ${text}`) > 0 }),
    why: async (asked) => whyChain(whyFacts(reader.raw, { ...asked, unlink: null })),
    unlink: (record, ask, { person, origin }) => transact((tx) => askUnlink(tx, kinds, { ...ask, record, by: { person, origin } })),
    unlinks: (ask, { person, origin }) => transact((tx) => askUnlinks(tx, kinds, { ...ask, by: { person, origin } })),
    readyUnlinks: () => ({ links: [], more: 0 }),
    relink: (record, { person, origin }) => transact((tx) => askRelink(tx, kinds, { record, by: { person, origin } })),
    undo: () => null,
    async watch(record, ask, { person, key, origin }) {
      const { forecast, missing } = await transact((tx) => setWatch(tx, kinds, { record, ...ask, by: { person, key, origin } }))
      const watch = watchOn(reader.raw, record)
      return { watch: watch && watchSaid(watch, null), forecast, ...(missing ? { missing } : {}) }
    },
    unwatch: (record, { person, origin }) => transact((tx) => cancelWatch(tx, kinds, { record, by: { person, origin } })),
    watchOn: () => null,
    snapshot: () => null,
    figures: async () => [{ field: 'original', type: 'money', procore: '100.00', erp: '90.00', difference: '10.00', agrees: false }],
    onScreen: (items) => void seen.push(...items),
    async resync(record) {
      asked.push(`resync ${record}`)
      return { ok: { run: '7' } }
    },
    async confirmMatch(record, item) {
      asked.push(`confirm ${record} ${item.type}:${item.id}`)
      return item.id === 'taken' ? { refused: problem('match-ambiguous', { key: 'SC-1', count: 2 }) } : { ok: null }
    },
    async retry(cause) {
      asked.push(`retry ${cause}`)
      return { ok: 3 }
    },
    scheduleEntries: async () => [entry],
    async runNow(id) {
      return id === entry.id ? { ok: { run: '8' } } : null
    },
    nextRun: () => clock.ms + 60_000,
    waiting: () => [],
  }
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const signer = await createSigner(await exportJWK(privateKey))
  const server = await startServer(
    { agent, signer, ...(consoleFolder ? { consoleFolder } : {}), onFault: (error) => faults.push(error) },
    places,
  )
  const url = server.urls[0] ?? ''
  return {
    agent,
    clock,
    /** The key store. */
    secrets,
    handOvers,
    faults,
    asked,
    seen,
    signer,
    ledger: path,
    url,
    urls: server.urls,
    transact,
    /** Adds a person and answers a live code. */
    async code(role: Role = 'accountant', scope: readonly string[] | null = null, email = 'ada@example.com'): Promise<string> {
      const by = { person: null, origin: 'cli' }
      const person = await agent.write('addPerson', { name: 'Ada', email, role, scope, by })
      await agent.write('makeCode', { person, code: 'ABCD2345', by })
      return 'ABCD2345'
    },
    async connection(company = '4711'): Promise<number> {
      return transact(async ({ db }) => {
        const made = await db
          .insertInto('connections')
          .values({
            key: `k${company}`,
            name: 'Books',
            connector: 'folder',
            erp_company: 'Timberline',
            procore_company: company,
            owner: 'tieback',
            settings: JSON.stringify({ erp: 'Sage 300', companyName: `Company ${company}` }),
            settings_version: 1,
            active: 1,
          })
          .returning('id')
          .executeTakeFirstOrThrow()
        return made.id
      })
    },
    /** A record of a sealed (or still open) take, tied to an item. */
    async link(
      connection: number,
      of: { entity: Entity; key: string; type: ItemType; id: string; state: LinkState; project?: string | null; sealed?: boolean },
    ): Promise<number> {
      return transact(async ({ db, now }) => {
        await db
          .insertInto('sources')
          .values({ connection, entity: of.entity, writing: 0, creating: 0, always_complete: 0, as_of: now() - 60_000, file: null })
          .onConflict((on) => on.doNothing())
          .execute()
        const source = await db
          .selectFrom('sources')
          .select('id')
          .where('connection', '=', connection)
          .where('entity', '=', of.entity)
          .executeTakeFirstOrThrow()
        const file = await db
          .insertInto('export_files')
          .values({
            connection,
            source: source.id,
            path: `/exports/${of.entity}.csv`,
            name: `${of.entity}.csv`,
            size: 1,
            mtime: 1,
            sha256: '',
            as_of: 1,
            complete: '{"proof":"none"}',
            format: 'made',
            state: 'taken',
            counts: null,
            seen_at: 1,
          })
          .returning('id')
          .executeTakeFirstOrThrow()
        const take = await db
          .insertInto('takes')
          .values({ run: 1, file: file.id, source: source.id, started_at: 1, sealed_at: of.sealed === false ? null : 2 })
          .returning('id')
          .executeTakeFirstOrThrow()
        const record = await db
          .insertInto('records')
          .values({
            source: source.id,
            key: of.key,
            content: '["SC-1","Steel","90.00"]',
            amount: 900_000,
            left_out: 0,
            take: take.id,
            line: 12,
            changed: null,
            absent_since: null,
            vanished_at: null,
          })
          .returning('id')
          .executeTakeFirstOrThrow()
        if (of.sealed === false) return record.id // links are made by the transaction that seals
        const type = itemTypes.indexOf(of.type)
        await db
          .insertInto('links')
          .values({
            record: record.id,
            state: linkStates.indexOf(of.state),
            since: now(),
            item_type: type,
            item_id: of.id,
            confirmed_record: null,
            confirmed_item: null,
            confirmed_at: null,
            problem: null,
            confirmed_by: null,
            differs: null,
          })
          .execute()
        await db
          .insertInto('items')
          .values({
            type,
            id: of.id,
            connection,
            project: of.project ?? null,
            origin_id: null,
            origin_code: null,
            content: '{}',
            updated_at: null,
            deleted_at: null,
            seen_at: now() - 30_000,
          })
          .execute()
        return record.id
      })
    },
    async stop(): Promise<void> {
      await server.stop()
      reader.raw.close()
      writing.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const entry: ScheduleEntryShape = {
  id: '1:files',
  connection: '1',
  entity: null,
  name: 'on-export',
  when: 'on-export',
  last: null,
  lastState: null,
  next: null,
  running: false,
}
