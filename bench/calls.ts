/** How many HTTP requests it takes to deliver 10,000 changed vendors at Procore's published limits, tokens and reads included. */
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCompany } from '../agent/company.ts'
import type { ExportFile } from '../agent/connectors/connector.ts'
import { openReader, type Reader } from '../agent/ledger/reader.ts'
import { startWriter, type Writer } from '../agent/ledger/writer-proxy.ts'
import { procoreDoors, realClock } from '../agent/procore/door.ts'
import { type RemoteStandIn, startStandInProcess } from '../test/support/start-stand-in.ts'
import { absoluteLine, type Bench, type Line } from './bench.ts'

const vendors = 10_000
/** The published example limits (procore-api.md 3). */
const flags = ['--vendors', String(vendors + 400), '--hourly', '600', '--spike', '25']
const by = { person: null, origin: 'bench' }

export const calls: Bench = {
  name: 'calls',
  async *run() {
    const folder = await mkdtemp(join(tmpdir(), 'bench-calls-'))
    await using standIn = await startStandInProcess(flags)
    const writer = await startWriter({ path: join(folder, 'ledger.db') })
    const reader = openReader(join(folder, 'ledger.db'))
    try {
      yield* deliver({ standIn, writer, reader, folder })
    } finally {
      reader.close()
      await writer.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

type Firm = { standIn: RemoteStandIn; writer: Writer; reader: Reader; folder: string }
type Vendor = Record<string, string | null> & { id: string }
type Asked = { method: string; path: string; status?: number }

async function* deliver(firm: Firm): AsyncGenerator<Line> {
  const { writer, standIn } = firm
  const connection = await writer.call('addConnection', {
    ...{ name: 'Books', connector: 'folder', erpCompany: 'Northgate', procoreCompany: standIn.access.companyId, owner: 'tieback', by },
    settings: { erp: 'Sage 300 CRE', connector: {}, 'blast-radius.share': 1 },
  })
  await writer.call('setWriting', { connection, entity: 'vendors', writing: true, by })
  const known = (await standIn.control<Vendor[]>('GET', 'items/vendors'))
    .filter((one) => one['origin_code']?.startsWith('MORE'))
    .slice(0, vendors)
  await link(firm, connection, known)
  const before = Date.now()
  await standIn.control('POST', 'forget')
  const running = start(firm, connection)
  await take(firm, connection, known, 'Newtown')
  await settled(firm)
  const ms = Date.now() - before
  await running.stop()
  const asked = await standIn.control<Asked[]>('GET', 'requests')
  const moved = (await standIn.control<Vendor[]>('GET', 'items/vendors?city=Newtown')).length
  if (moved !== vendors) throw new Error(`${moved} of ${vendors} vendors were changed.`)
  const detail = { vendors, ms, byPath: countBy(asked.map((one) => `${one.method} ${one.path}`)) }
  yield absoluteLine('calls/calls', 'calls', asked.length, 20, detail)
  yield absoluteLine('calls/throttled', 'calls', asked.filter((one) => one.status === 429).length, 0, {})
}

/** Before the clock starts: Procore is read, the vendors are matched by code and linked. */
async function link(firm: Firm, connection: number, known: readonly Vendor[]): Promise<void> {
  const running = start(firm, connection)
  await until(() => Number(firm.reader.raw.prepare('select count(*) as n from items').get()?.['n']) >= vendors)
  await take(firm, connection, known)
  await settled(firm)
  await running.stop()
}

function start({ standIn, writer, reader }: Firm, connection: number): { stop(): Promise<void> } {
  const ending = new AbortController()
  const { companyId, clientSecret, ...access } = standIn.access
  const doors = procoreDoors({ fetch, clock: realClock })
  const client = doors.doorFor({ ...access, company: companyId, secret: () => clientSecret })
  const onFault = (error: unknown, where: string): never => {
    throw new Error(where, { cause: error })
  }
  const company = startCompany({ client, connections: [connection], writer, reader, clock: realClock, signal: ending.signal, onFault })
  const deaf = writer.onEvents(() => company.wake())
  return {
    async stop() {
      deaf()
      ending.abort()
      await company.stopped
    },
  }
}

const columns = ['Vendor', 'Name', 'Address_1', 'City', 'State', 'ZIP', 'Telephone', 'Contact_1_Email_Address']
const fields = ['origin_code', 'name', 'address', 'city', 'state_code', 'zip', 'business_phone', 'email_address']

/** One export of the vendors as Procore has them, or all of them moved to another city. */
async function take({ writer, folder }: Firm, connection: number, known: readonly Vendor[], city?: string): Promise<void> {
  const path = join(folder, 'APM_MASTER__VENDOR.csv')
  const line = (one: Vendor): string => fields.map((field) => quoted(field === 'city' && city ? city : (one[field] ?? ''))).join(',')
  await writeFile(path, `${[columns.join(','), ...known.map(line)].join('\r\n')}\r\n`)
  const { size, mtimeMs } = await stat(path)
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
  const file: ExportFile = {
    path,
    name: 'APM_MASTER__VENDOR.csv',
    spool: null,
    size,
    mtimeMs,
    sha256,
    asOf: new Date().toISOString(),
    complete: { proof: 'none' },
  }
  const outcome = await writer.call('takeFile', { connection, file })
  if (outcome.filed !== 'done') throw new Error(`The export was ${outcome.filed}: ${outcome.problem?.code}`)
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** Nothing waits any more. A failed change ends the bench. */
async function settled({ reader }: Firm): Promise<void> {
  const open = reader.raw.prepare('select count(*) as n, sum(state = 3) as failed from outbox where state <> 5')
  await until(() => {
    const row = open.get()
    if (Number(row?.['failed'] ?? 0) > 0) throw new Error(`${row?.['failed']} changes failed.`)
    return Number(row?.['n']) === 0
  })
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await realClock.sleep(50)
}

const countBy = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]))
