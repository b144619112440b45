/** What an admin set of the agent as a whole, by name: it commits with its audit, so it stands here and not in tieback.json. */
import type { DatabaseSync } from 'node:sqlite'
import type { WriterTx } from './command.ts'
import type { By } from './writing.ts'

export type AgentSettings = {
  /** `until` (ms): then it falls back to `after` by itself; null: it stays. */
  log: { level: string; until: number | null; after: string }
  /** Every day at this time of the server's clock (HH:MM), so many kept; null: none by itself. `since`: when that was said, ms. */
  backups: { daily: { at: string; keep: number } | null; since: number }
}
export type AgentSetting = keyof AgentSettings

/** As it was last set; null while nobody has. */
export function agentSetting<N extends AgentSetting>(raw: DatabaseSync, name: N): AgentSettings[N] | null {
  const row = raw.prepare('select value from settings where name = ?').get(name)
  return row ? (JSON.parse(String(row['value'])) as AgentSettings[N]) : null
}

/** What a certificate says of itself; never its key. */
export type CertificateAct = { act: string; before: object | null; after: object | null; by: By }

/** The certificate browsers are shown is another: it lies in files, and this is written down once it is served. */
export function certificateSet({ audit, emit }: WriterTx, { act, before, after, by }: CertificateAct): void {
  audit({ ...by, act, subject: 'settings:tls', before, after })
  emit('settings-changed', { data: { what: 'tls' } })
}

export type SetAgentSetting = { [N in AgentSetting]: { name: N; value: AgentSettings[N] } }[AgentSetting] & { by: By }

export function setAgentSetting({ raw, audit, emit }: WriterTx, { name, value, by }: SetAgentSetting): void {
  const before = agentSetting(raw, name)
  raw
    .prepare('insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value')
    .run(name, JSON.stringify(value))
  audit({ ...by, act: `${name}-set`, subject: `settings:${name}`, before, after: value })
  emit('settings-changed', { data: { what: name } })
}
