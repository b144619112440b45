/** Connections set up while the agent runs: tried, kept as they passed, started and stopped. */
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { AskedDraft, ConnectionDraft, ConnectorFieldShape, TestStepShape } from '../../shared/api/set-up.ts'
import type { AnswerOf } from '../../shared/api.ts'
import { type Problem, problem, Trouble } from '../../shared/problem.ts'
import type { ConnectorField } from '../connectors/connector.ts'
import { connectorOf, connectors } from '../connectors/index.ts'
import { agreedIn } from '../ledger/agreed.ts'
import { keptBy } from '../ledger/connections.ts'
import type { Reader } from '../ledger/reader.ts'
import type { ConnectionScope } from '../ledger/rights.ts'
import type { Writer } from '../ledger/writer-proxy.ts'
import type { Outcome, SetUp } from '../server/agent.ts'
import { connectionSettings, connectorCredential } from '../settings/connection.ts'
import type { Secrets } from '../settings/secrets.ts'
import { namesOfFields } from '../watched.ts'
import { draftOf, faultOf, type Kept, procoreOf, secretFields, settingsOf, shapeFault } from './draft.ts'
import type { HandedOver } from './hand-overs.ts'
import { isFine, testConnection } from './test-connection.ts'

export type SetUpParts = { reader: Reader; writer: Writer; secrets: Secrets; now: () => number; handOvers: HandedOver }

/** So long a test counts; after that it is made again. */
const passedMs = 10 * 60_000
const passedAtMost = 100

export function createSetUp({ reader, writer, secrets, now, handOvers }: SetUpParts): SetUp {
  const rows = reader.raw.prepare(
    'select id, name, connector, erp_company, procore_company, owner, active, deleted_at, scope, settings from connections order by id',
  )
  const kept = (): Kept[] => rows.all().map(keptOf)
  const passed = new Map<string, number>()

  const find = (id: number | undefined): Kept | null => kept().find((one) => one.id === id && one.deletedAt === null) ?? null
  const secretOf = (known: Kept) => () => secrets.get(known.settings.procore.credential)

  /** With id and secret as they arrived, where the form names the sheet they came by. */
  async function filled(asked: AskedDraft, id: number | undefined): Promise<Outcome<ConnectionDraft>> {
    const { handOver, ...procore } = asked.procore
    const arrived = handOver === undefined ? { ok: {} } : await handOvers.handedIn(asked, id)
    if ('refused' in arrived) return arrived
    const { clientId, ...given } = { ...procore, ...arrived.ok }
    if (clientId === undefined) return { refused: problem('field-missing', { field: 'clientId' }) }
    return { ok: { ...asked, procore: { ...given, clientId } } }
  }

  async function test(asked: AskedDraft, id?: number): Promise<Outcome<TestStepShape[]>> {
    const whole = await filled(asked, id)
    if ('refused' in whole) return whole
    const draft = whole.ok
    const known = find(id)
    const keeper = known && isLoggedInAt(draftOf(known), draft) ? known : null
    const ownKeeper = known && isAskedAt(draftOf(known), draft) ? known : null
    const fault =
      faultOf(draft, { hasSecret: keeper !== null, hasOwn: ownKeeper !== null }) ?? shapeFault(settingsOf(draft, known?.settings ?? null))
    if (fault) return { refused: fault }
    const steps = await testConnection({
      ...{ draft, now, procore: procoreOf(draft, keeper ? secretOf(keeper) : async () => null) },
      knows: { secret: ownSecretOf(draft, ownKeeper), fieldsOf: namesOfFields },
      ...{ reading: known?.settings.reading, mixedWith: mixedWith(draft, id) },
    })
    if (steps.every(isFine)) remember(markOf(asked, id))
    return { ok: steps }
  }

  /** The one that was entered, else the one that is kept. */
  const ownSecretOf = (draft: ConnectionDraft, keeper: Kept | null) => async (field: string) => {
    const entered = draft.fields[field]
    if (typeof entered === 'string') return entered
    return keeper && secrets.get(connectorCredential(keeper.settings.procore.credential, field))
  }

  /** Keeps the connector's own secrets that were entered; answers whether there were any. */
  async function keepOwnSecrets({ connector, fields }: ConnectionDraft, credential: string): Promise<boolean> {
    const entered = secretFields(connector).flatMap((field) => (typeof fields[field] === 'string' ? [[field, fields[field]] as const] : []))
    for (const [field, value] of entered) await secrets.set(connectorCredential(credential, field), value)
    return entered.length > 0
  }

  /** Nothing is run on this machine that an admin has not read. */
  async function programOf({ id, connector, settings }: Kept): Promise<Outcome<AnswerOf<'program'>['program']>> {
    try {
      const program = await connectorOf(connector)?.program?.(settings.connector)
      return { ok: program ? { ...program, agreed: agreedIn(reader.raw, id) === program.sha256 } : null }
    } catch (error) {
      if (error instanceof Trouble) return { refused: error.problem }
      throw error
    }
  }

  function remember(mark: string): void {
    if (passed.size >= passedAtMost) passed.clear()
    passed.set(mark, now())
  }

  const hasPassed = (draft: AskedDraft, id?: number): boolean =>
    now() - (passed.get(markOf(draft, id)) ?? Number.NEGATIVE_INFINITY) < passedMs

  /** Exports of a practice and of the real company must never go to each other's Procore. */
  function mixedWith({ procore, fields }: ConnectionDraft, id: number | undefined): string | null {
    const other = kept().find(
      ({ id: of, deletedAt, settings }) =>
        of !== id &&
        deletedAt === null &&
        settings.procore.environment !== procore.environment &&
        fields['path'] !== undefined &&
        settings.connector['path'] === fields['path'],
    )
    return other?.name ?? null
  }

  return {
    connectors: () => Object.values(connectors).map(({ id, fields }) => ({ id, fields: fields.map(fieldSaid) })),
    connections: () =>
      kept().map((one) => ({
        ...{ id: String(one.id), active: one.active, draft: draftOf(one), scope: scopeSaid(one.scope) },
        deletedAt: one.deletedAt === null ? null : new Date(one.deletedAt).toISOString(),
      })),
    test,

    /** The secret is kept first: a connection without one is never started. */
    async add(asked, by) {
      if (kept().some(({ name }) => name === asked.name)) return { refused: problem('connection-name-taken', { name: asked.name }) }
      if (!hasPassed(asked)) return { refused: problem('connection-untested') }
      const whole = await filled(asked, undefined)
      if ('refused' in whole) return whole
      const draft = whole.ok
      const settings = settingsOf(draft, null)
      await secrets.set(settings.procore.credential, draft.procore.secret ?? '')
      await keepOwnSecrets(draft, settings.procore.credential)
      const joins = { erpCompany: draft.erpCompany, procoreCompany: draft.procore.company, owner: draft.owner }
      const { name, connector } = draft
      const id = await writer.call('addConnection', { name, connector, ...joins, settings, active: false, by })
      if (asked.procore.handOver !== undefined) await handOvers.saved(Number(asked.procore.handOver), id, by)
      return { ok: { id: String(id) } }
    },

    /** Another secret is kept only with settings that passed with it. */
    async change(id, asked, by) {
      const known = find(id)
      if (!known) return null
      if (!joinsTheSame(draftOf(known), asked))
        return { refused: problem('connection-joins', { name: known.name, erp: known.erpCompany, company: known.procoreCompany }) }
      if (!hasPassed(asked, id)) return { refused: problem('connection-untested') }
      const whole = await filled(asked, id)
      if ('refused' in whole) return whole
      const draft = whole.ok
      const settings = settingsOf(draft, known.settings)
      if (draft.procore.secret !== undefined) {
        await secrets.set(known.settings.procore.credential, draft.procore.secret)
        await writer.call('secretChanged', { connection: id, by })
      }
      if (await keepOwnSecrets(draft, known.settings.procore.credential))
        await writer.call('connectorSecretChanged', { connection: id, by })
      // Everything is read anew with other settings, so that only what is other counts as such.
      if (!isDeepStrictEqual(connectionSettings.parse(settings), known.settings))
        await writer.call('setSettings', { connection: id, settings, by })
      if (asked.procore.handOver !== undefined) await handOvers.saved(Number(asked.procore.handOver), id, by)
      return { ok: { id: String(id) } }
    },

    deletion: (id) => (find(id) ? keptBy(reader.raw, id) : null),
    remove: (id, by) => writer.call('deleteConnection', { connection: id, by }),
    restore: (id, by) => writer.call('restoreConnection', { connection: id, by }),

    async program(id) {
      const known = find(id)
      return known && programOf(known)
    },

    async agree(id, sha256, by) {
      const known = find(id)
      if (!known) return null
      const program = await programOf(known)
      if ('refused' in program) return program
      if (program.ok?.sha256 !== sha256) return { refused: problem('script-changed') }
      if (!program.ok.agreed) await writer.call('agreeToTexts', { connection: id, sha256, by })
      return { ok: { agreed: true } }
    },

    async setActive(id, active, by) {
      const known = find(id)
      if (!known) return null
      const program = active ? await programOf(known) : { ok: null }
      if ('refused' in program) return program
      if (program.ok?.agreed === false) return { refused: notAgreed(program.ok) }
      const tried = active ? await test(draftOf(known), id) : { ok: [] }
      if ('refused' in tried) return tried
      if (!tried.ok.every(isFine)) return { ok: { active: false, steps: tried.ok } }
      await writer.call('setActive', { connection: id, active, by })
      return { ok: { active, steps: tried.ok } }
    },
  }
}

const notAgreed = ({ files: [script, job] }: NonNullable<AnswerOf<'program'>['program']>): Problem =>
  problem('script-not-agreed', { script: script?.path ?? '', job: job?.path ?? '' })

/** Links hang on all of these: a connection keeps them for good. */
const joinsTheSame = (before: ConnectionDraft, now: AskedDraft): boolean =>
  before.name === now.name &&
  before.connector === now.connector &&
  before.erpCompany === now.erpCompany &&
  before.owner === now.owner &&
  before.procore.company === now.procore.company &&
  before.procore.environment === now.procore.environment

/** A secret that is kept goes to where it belongs alone: with another address it has to be entered again. */
const isLoggedInAt = ({ procore: before }: ConnectionDraft, { procore: now }: ConnectionDraft): boolean =>
  before.environment === now.environment && before.apiBase === now.apiBase && before.loginBase === now.loginBase

/** So is one of the connector's own. */
function isAskedAt(before: ConnectionDraft, now: ConnectionDraft): boolean {
  const addresses = (connectorOf(now.connector)?.fields ?? []).filter(({ type }) => type === 'url')
  return before.connector === now.connector && addresses.every(({ name }) => before.fields[name] === now.fields[name])
}

/** Stands for exactly these settings, the secret among them, without keeping it. */
const markOf = (draft: AskedDraft, id: number | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify([id ?? null, draft]))
    .digest('base64url')

const keptOf = (row: Record<string, unknown>): Kept => ({
  ...{ id: Number(row['id']), name: String(row['name']), connector: String(row['connector']) },
  ...{ erpCompany: String(row['erp_company']), procoreCompany: String(row['procore_company']) },
  ...{ owner: row['owner'] as Kept['owner'], active: row['active'] === 1, deletedAt: row['deleted_at'] as number | null },
  scope: row['scope'] === null ? null : (JSON.parse(String(row['scope'])) as ConnectionScope),
  settings: connectionSettings.parse(JSON.parse(String(row['settings']))),
})

const scopeSaid = (scope: ConnectionScope | null) => scope && { people: scope.people.map(String), groups: scope.groups.map(String) }

const fieldSaid = ({ choices, ...field }: ConnectorField): ConnectorFieldShape => ({
  ...field,
  ...(choices ? { choices: [...choices] } : {}),
})
