import type { Item, Kind, Kinds } from './items.ts'
import { kinds } from './items.ts'
import { Table } from './table.ts'

export type Tables = { readonly [K in Kind]: Table<Kinds[K]> }

/** Switches of the company itself, not of the stand-in's behaviour. */
export interface CompanySettings {
  /** Approved and Complete commitments lock vendor and schedule of values (facts 5.3: by status, switchable). */
  lockApprovedCommitments: boolean
}

type Fresh<T extends Item> = Omit<T, 'id' | 'created_at' | 'updated_at' | 'deleted_at' | 'origin_id' | 'origin_data'> & Partial<Item>

/** us02 ids have 15 digits, just above 2^49 (facts 1.1). */
const firstId = 562_949_953_421_312

/**
 * The live data of one Procore company: what the API answers from and the pages draw.
 * Read through `tables`; alter through `add`, `edit`, `steal`, `release` and `remove`, which move updated_at as Procore does.
 */
export class Company {
  readonly id: number
  readonly name: string
  readonly tables: Tables
  readonly settings: CompanySettings = { lockApprovedCommitments: true }
  /** Projects the service account may see (facts 2: DMSA permitted projects). */
  permittedProjects: Set<number> | 'all' = 'all'
  /** People a project's directory lists; everyone where it says nothing of a project. */
  readonly projectPeople = new Map<number, ReadonlySet<number>>()
  readonly #now: () => number
  #issued = 0

  constructor(name: string, now: () => number) {
    this.#now = now
    this.name = name
    this.id = this.nextId()
    this.tables = Object.fromEntries(kinds.map((kind) => [kind, new Table()])) as unknown as Tables
  }

  nextId(): number {
    this.#issued += 1
    return firstId + this.#issued * 13
  }

  /** Procore's time stamps: UTC to the second (facts 9.2). */
  stamp(at: number = this.#now()): string {
    return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
  }

  table<K extends Kind>(kind: K): Table<Kinds[K]> {
    return this.tables[kind] as Table<Kinds[K]>
  }

  add<K extends Kind>(kind: K, fields: Fresh<Kinds[K]>): Kinds[K] {
    const at = this.stamp()
    const item = { origin_id: null, origin_data: null, created_at: at, updated_at: at, deleted_at: null, ...fields, id: this.nextId() }
    return this.table(kind).insert(item as unknown as Kinds[K])
  }

  /** As a person in Procore does it: the fields change and updated_at moves. */
  edit<K extends Kind>(kind: K, id: number, changes: Partial<Kinds[K]>): Kinds[K] {
    return this.table(kind).change(id, { ...changes, updated_at: this.stamp() })
  }

  /** Another integration takes the item (or gives it away): its origin_id now reads as given. */
  steal(kind: Kind, id: number, originId: string): Item {
    return this.table(kind).change(id, { origin_id: originId, updated_at: this.stamp() })
  }

  /** The owner is cleared behind the agent's back. */
  release(kind: Kind, id: number): Item {
    return this.table(kind).change(id, { origin_id: null, origin_data: null, updated_at: this.stamp() })
  }

  /** Deleted items answer 404 and appear only in lists asked with include_deleted (facts 9.2). */
  remove(kind: Kind, id: number): Item {
    return this.table(kind).change(id, { deleted_at: this.stamp(), updated_at: this.stamp() })
  }

  maySeeProject(id: number): boolean {
    return this.permittedProjects === 'all' || this.permittedProjects.has(id)
  }

  listsOn(project: number, user: number): boolean {
    return this.projectPeople.get(project)?.has(user) ?? true
  }

  /** Both kinds of commitment of a project (or all), in order of creation. */
  commitments(projectId?: number): Kinds['work_order_contracts'][] {
    const both = [...this.tables.work_order_contracts.live(), ...this.tables.purchase_order_contracts.live()]
    return both.filter((contract) => projectId === undefined || contract.project_id === projectId).sort((a, b) => a.id - b.id)
  }
}
