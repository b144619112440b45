/** Who may do what, from which browser, and what must commit with the rest. */
import type { Generated } from 'kysely'

type PersonRow = {
  id: Generated<number>
  name: string
  email: string
  role: string /** Projects they may see, JSON array; null is all. */
  scope: string | null
  suspended_at: number | null
  created_at: number
  /** 1 once an admin granted Tieback's own approver right. */
  approver: Generated<number>
  /** 'procore' while Procore says that they are inactive; null otherwise. */
  suspended_by: string | null
}

/** A person known here as Procore's directory last said, by e-mail. */
type ProcorePersonRow = {
  connection: number
  person: number
  /** Procore's id; null where the whole list lacks their e-mail. */
  id: string | null
  active: number | null
  /** 'Can Push to Accounting'. */
  accountant: number | null
  seen_at: number
}

/** Whether Procore lists a person known here in a project. */
type ProcoreMemberRow = { connection: number; project: string; person: number; listed: number; seen_at: number }

/** A paired browser (or the CLI): its public key, and the origin it paired from. */
type KeyRow = {
  id: Generated<number>
  person: number
  thumbprint: string
  jwk: string
  origin: string
  label: string
  created_at: number
  last_seen_at: number | null
  revoked_at: number | null
}

/** Codes that let a browser join: hashed, two minutes, five tries. */
type CodeRow = {
  id: Generated<number>
  person: number
  hash: string
  made_at: number
  expires_at: number
  tries: number
  used_at: number | null
}

/** A browser that asks to join; `outcome`: approved, refused, replaced, or null while it waits. */
export type AskRow = {
  id: Generated<number>
  thumbprint: string
  jwk: string
  origin: string
  label: string
  address: string | null
  commitment: string
  agent_nonce: string
  nonce: string | null
  asked_at: number
  expires_at: number
  ended_at: number | null
  outcome: string | null
  person: number | null
  key: number | null
}

/** A sheet for whoever administers Procore; `draft` is what stood in the form, JSON, without secrets; `outcome`: saved, replaced, withdrawn, or null. */
type HandOverRow = {
  id: Generated<number>
  connection: number | null
  name: string
  company: string
  draft: string
  hash: string
  made_at: number
  expires_at: number
  person: number | null
  tries: number
  arrived_at: number | null
  address: string | null
  ended_at: number | null
  outcome: string | null
}

/** People who work on the same things; `scope` are projects its members may see, JSON array; null says nothing of projects. */
type GroupRow = { id: Generated<number>; name: string; scope: string | null; created_at: number }
type GroupMemberRow = { group: number; person: number }

/** Small things that must commit with the rest: ledger seed, agent key, schedule, pause. */
type SettingRow = { name: string; value: string }

/** One version of what was ticked in a connection's mapping. */
type MappingRow = {
  connection: number
  version: number
  /** Ticks by entity, JSON. */
  content: string
  saved_at: number
  person: number | null
  origin: string
  /** The version it went back to. */
  back: number | null
}

export type PeopleTables = {
  people: PersonRow
  procore_people: ProcorePersonRow
  procore_members: ProcoreMemberRow
  keys: KeyRow
  codes: CodeRow
  asks: AskRow
  hand_overs: HandOverRow
  people_groups: GroupRow
  group_members: GroupMemberRow
  settings: SettingRow
  mappings: MappingRow
}
