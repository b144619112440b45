import { createHash } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ExportFile } from '../../../agent/connectors/connector.ts'
import { kinds } from '../../../agent/items/index.ts'
import type { ProcoreItem } from '../../../agent/items/kind.ts'
import { ledgerCommands } from '../../../agent/ledger/commands.ts'
import { type SyncOutcome, sync } from '../../../agent/sync.ts'
import type { Entity, ItemType } from '../../../shared/item.ts'
import { openLedger, type TestLedger } from './open-ledger.ts'

export const admin = { person: null, origin: 'cli' }

type Export = Partial<Pick<ExportFile, 'complete' | 'asOf'>> & { path?: string; always?: boolean }
type Link = { key: string; state: string; item: string | null; record: number }

export type TestCompany = TestLedger & {
  connection: number
  key: string
  /** Drops an export in as the folder would hand it over, and takes it. */
  drop(name: string, text: string | Buffer, more?: Export): Promise<SyncOutcome>
  fileOf(name: string, text: string | Buffer, more?: Export): ExportFile
  /** Tells what a list of Procore said, whole. */
  seen(type: ItemType, items: readonly Partial<ProcoreItem>[], project?: string | null): Promise<void>
  command: ReturnType<typeof ledgerCommands>
  rows(sql: string, ...values: (string | number | null)[]): Record<string, unknown>[]
  links(entity: Entity): Link[]
  state(entity: Entity, key: string): string
  outbox(): { key: string; op: string; state: string }[]
}

export const ok = (rows: number): ExportFile['complete'] => ({ proof: 'ok-file', rows })

const linkStates = async () => (await import('../../../shared/link-state.ts')).linkStates
const outboxNames = async () => await import('../../../agent/outbox/outbox.ts')

/** One connection over a real ledger, with the real formats and kinds. */
export async function openCompany({
  owner = 'tieback',
  settings = {},
}: {
  owner?: 'tieback' | 'procore'
  settings?: Record<string, unknown>
} = {}): Promise<TestCompany> {
  const ledger = await openLedger()
  const { raw, transact, path, clock } = ledger
  const command = ledgerCommands(kinds)
  const states = await linkStates()
  const { outboxOps, outboxStates } = await outboxNames()
  const connection = await transact((tx) =>
    command.addConnection(tx, {
      ...{ name: 'Main', connector: 'folder', erpCompany: 'Practice', procoreCompany: '7', owner },
      ...{ settings: { reading: { date: 'yyyy-mm-dd', minus: ['leading'] }, ...settings }, by: admin },
    }),
  )
  const rows: TestCompany['rows'] = (sql, ...values) => raw.prepare(sql).all(...values)
  const fileOf: TestCompany['fileOf'] = (name, text, more = {}) => {
    clock.now += 60_000
    const at = more.path ?? join(dirname(path), name)
    writeFileSync(at, text)
    return {
      ...{
        path: at,
        name,
        spool: null,
        size: statSync(at).size,
        mtimeMs: clock.now,
        sha256: createHash('sha256').update(text).digest('hex'),
      },
      ...{ asOf: more.asOf ?? new Date(clock.now).toISOString(), complete: more.complete ?? { proof: 'none' } },
    }
  }
  const links: TestCompany['links'] = (entity) =>
    rows(
      `select r.id as record, r.key, l.state, l.item_id from links l join records r on r.id = l.record join sources s on s.id = r.source
       where s.connection = ? and s.entity = ? order by r.id`,
      ...[connection, entity],
    ).map((row) => ({
      key: String(row['key']),
      state: String(states[Number(row['state'])]),
      item: row['item_id'] as string | null,
      record: Number(row['record']),
    }))
  return {
    ...{ ...ledger, connection, command, rows, links, fileOf },
    key: String(rows('select key from connections where id = ?', connection)[0]?.['key']),
    drop: (name, text, more) => sync(transact, { connection, file: fileOf(name, text, more) }),
    async seen(type, items, project = null) {
      clock.now += 1000
      const whole = items.map((item) => ({ ...blank, type, project, ...item }) as ProcoreItem)
      await transact((tx) =>
        command.itemsSeen(tx, {
          connection,
          list: type,
          types: [type],
          project,
          items: whole,
          complete: true,
          readTo: null,
          at: clock.now,
        }),
      )
    },
    state: (entity, key) => links(entity).find((link) => link.key === key)?.state ?? 'no link',
    outbox: () =>
      rows('select r.key, o.op, o.state from outbox o join records r on r.id = o.record order by o.id').map((row) => ({
        key: String(row['key']),
        op: String(outboxOps[Number(row['op'])]),
        state: String(outboxStates[Number(row['state'])]),
      })),
  }
}

const blank = { originId: null, originCode: null, updatedAt: null, deletedAt: null, content: {} }

export const vendorsCsv = (...vendors: string[][]): string =>
  [
    'Vendor,Name,Address_1,City,State,ZIP,Telephone',
    ...vendors.map((cells) => [...cells, ...Array(7 - cells.length).fill('')].join(',')),
  ].join('\r\n') + '\r\n'

export const jobsCsv = (...jobs: string[][]): string =>
  ['Job,Description,Status', ...jobs.map((cells) => cells.join(','))].join('\r\n') + '\r\n'

export const commitmentsCsv = (...commitments: string[][]): string =>
  ['Commitment,Description,Vendor,Job,Closed,Amount_Invoiced', ...commitments.map((cells) => cells.join(','))].join('\r\n') + '\r\n'

export const itemsCsv = (...lines: string[][]): string =>
  [
    'Commitment,Item_Number,Description,Amount,Tax,Amount_Invoiced,iappcoa,Job,Cost_Code,Category',
    ...lines.map((cells) => cells.join(',')),
  ].join('\r\n') + '\r\n'

export const costsCsv = (...costs: string[][]): string =>
  [
    'Job,Extra,Cost_Code,Category,Transaction_Type,Accounting_Date,Description,Units,Unit_Cost,Amount,Vendor,Invoice,Commitment,Employee,Pay_ID,Run,Batch,Sequence',
    ...costs.map((cells) => cells.join(',')),
  ].join('\r\n') + '\r\n'

export const project = (id: string, number: string, more: Partial<ProcoreItem> = {}): Partial<ProcoreItem> => ({
  ...{ id, content: { project_number: number, name: `Job ${number}` } },
  ...more,
})
