/** What a forecast rests on, out of the ledger. Reads only. */

import type { DatabaseSync } from 'node:sqlite'
import { wayOf } from '../../shared/erp/index.ts'
import { money, sameMoney, zero } from '../../shared/money.ts'
import type { ExportFile } from '../connectors/connector.ts'
import { recordsIn } from '../formats/line-set.ts'
import { provesRows } from '../ledger/absence.ts'
import { IdSet } from '../ledger/id-set.ts'
import type { Eyes, Looked } from '../ledger/look.ts'
import { roleOf } from '../ledger/may-be-gone.ts'
import { filesBeside, type TakenFile, takenFiles } from '../ledger/other-files.ts'
import { loadPack } from '../ledger/pieces.ts'
import { isOffInPart } from '../ledger/unlinks.ts'
import { systemOf, type UnlinkSettings, unlinkSettingsOf } from '../settings/unlink.ts'
import { linkedUnder } from './children.ts'
import type { ExportSeen, UnlinkFacts } from './forecast.ts'

/** Null for a link nobody knows. */
export function unlinkFacts(raw: DatabaseSync, eyes: Eyes, record: number, held: HeldBy): UnlinkFacts | null {
  const looked = eyes.look(record)
  if (looked === null) return null
  const { source, kind, sides, connection, link } = looked
  const settings = unlinkSettingsOf(JSON.parse(connection.settings))
  const inPart = isInPart(raw, looked)
  const exports = exportsOf(raw, source.id, source.always_complete === 1, (path) => held(source.id, path).has(record))
  return {
    ...{ record, key: looked.record.key, owner: connection.owner === 'procore' ? 'procore' : 'tieback', writing: source.writing === 1 },
    procoreNeedsMs: settings.procoreNeedsMinutes * 60_000,
    item: sides.item && { ownership: inPart ? 'ours' : sides.item.ownership, deleted: sides.item.deleted },
    underWay: isUnderWay(looked),
    unlinkedSince: looked.state === 'unlinked' && !inPart ? Number(link['since']) : null,
    children: looked.item
      ? linkedUnder(raw, connection, looked.item).map(({ record: under, ...child }) => ({
          ...child,
          facts: under === null ? null : unlinkFacts(raw, eyes, under, held),
        }))
      : [],
    checked: kind.unlinks !== 'freely',
    ...eraseOf(looked, settings),
    master: roleOf(kind, source) === 'master',
    sayable: kind.whole === 'when-said',
    gone: sides.record.vanished && roleOf(kind, source) === 'master' && exports.elsewhere === null,
    invoiced: settings.reasonWhenInvoiced && isInvoiced(looked),
    leftWith: looked.leftWith,
    missing: link['absent_since'] === null ? null : exportById(raw, Number(link['absent_since'])),
    ...exports,
  }
}

/** How the ERP lets go of it. What a person has set of change orders goes before what is known of the ERP. */
function eraseOf(
  looked: Looked,
  { changeOrders, projectManagement }: UnlinkSettings,
): Pick<UnlinkFacts, 'deletable' | 'how' | 'refusesReversed'> {
  const { kind, connection } = looked
  const approved = isApproved(looked)
  const set = changeOrders && ({ delete: 'yes', reverse: 'no' } as const)[changeOrders]
  const facts = { entity: kind.entity, approved, projectManagement: set ?? projectManagement }
  const known = wayOf(systemOf(JSON.parse(connection.settings)), facts)
  const way = known?.reverses && changeOrders === 'delete' ? null : known
  const reverses = way?.reverses === true || (kind.entity === 'commitment-cos' && approved && changeOrders === 'reverse')
  return { deletable: !reverses, how: way?.words ?? null, refusesReversed: way?.refused === true }
}

/** The item itself is free, but not all that carried its link: the rest is to be taken off as any link is. */
const isInPart = (raw: DatabaseSync, { sides: { item }, state, record }: Looked): boolean =>
  item?.ownership === 'none' && (state === 'unlinking' || isOffInPart(raw, record.id))

const isUnderWay = ({ state, sides: { outbox } }: Looked): boolean =>
  state === 'unlinking' || outbox?.state === 'sending' || outbox?.state === 'look'

/** Money was invoiced or paid on it, as either side tells; zero is none, and what neither knows is none known. */
const isInvoiced = ({ figures }: Looked): boolean =>
  (figures ?? [])
    .filter(({ field }) => field === 'invoiced' || field === 'paid')
    .some(({ procore, erp }) => [money(procore), money(erp)].some((amount) => amount !== null && !sameMoney(amount, zero)))

const isApproved = ({ item }: Looked): boolean => String(item?.content['status'] ?? '').toLowerCase() === 'approved'

/** Records whose lines a path's last taken file holds. */
export type HeldBy = (source: number, path: string) => { has(record: number): boolean }

/** Reads each path's lines once for one answer, however many records are asked about. */
export function heldBy(raw: DatabaseSync): HeldBy {
  const known = new Map<string, IdSet>()
  return (source, path) => {
    const found = known.get(`${source} ${path}`) ?? setOf(loadPack(raw, source, path))
    known.set(`${source} ${path}`, found)
    return found
  }
}

function setOf(pack: Uint8Array | null): IdSet {
  const records = new IdSet()
  for (const id of pack === null ? [] : recordsIn(pack)) records.add(id)
  return records
}

type Exports = Pick<UnlinkFacts, 'seen' | 'newest' | 'complete' | 'elsewhere'>

/** What a source's exports say of one record. */
function exportsOf(raw: DatabaseSync, source: number, alwaysComplete: boolean, holds: (path: string) => boolean): Exports {
  const files = takenFiles(raw, source)
  const [newest] = files
  const isComplete = ({ complete }: TakenFile): boolean => alwaysComplete || provesRows(JSON.parse(complete) as ExportFile['complete'])
  const beside = newest && !alwaysComplete && !holds(newest.path) ? filesBeside(files, newest) : []
  return {
    newest: seenIn(newest),
    complete: seenIn(files.find(isComplete)),
    seen: seenIn(files.find(({ path }) => holds(path))),
    elsewhere: seenIn(beside.find(({ path }) => holds(path))),
  }
}

function exportById(raw: DatabaseSync, id: number): ExportSeen | null {
  const row = raw.prepare('select id, name, as_of from export_files where id = ?').get(id)
  return row === undefined ? null : { id: Number(row['id']), file: String(row['name']), asOf: Number(row['as_of']) }
}

const seenIn = (file: TakenFile | undefined): ExportSeen | null => (file ? { id: file.id, file: file.name, asOf: file.asOf } : null)
