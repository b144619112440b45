/** Every screen of the console, in the order of its menu: one line each, and a file beside this one. */
import type { ComponentType } from 'preact'
import type { Role } from '../../../shared/pairing.ts'
import type { WordKey } from '../../../shared/words/en.ts'
import { later } from '../later.tsx'
import { Audit } from './audit.tsx'
import { Connections } from './connections.tsx'
import { Overview } from './overview.tsx'
import { People } from './people.tsx'
import { Runs } from './runs.tsx'
import { Schedule } from './schedule.tsx'
import { Trouble } from './trouble.tsx'

/** `of` is what follows the screen's own name in the address: `#/runs/41`. */
export type Screen = { path: string; title: WordKey; role: Role; Show: ComponentType<{ of: string | null }> }

export const screens: readonly Screen[] = [
  { path: 'overview', title: 'console.overview', role: 'viewer', Show: Overview },
  { path: 'connections', title: 'console.connections', role: 'admin', Show: Connections },
  { path: 'mappings', title: 'console.mappings', role: 'admin', Show: later(async () => (await import('./mappings.tsx')).Mappings) },
  { path: 'schedule', title: 'console.schedule', role: 'viewer', Show: Schedule },
  { path: 'runs', title: 'console.runs', role: 'viewer', Show: Runs },
  { path: 'plans', title: 'console.plans', role: 'admin', Show: later(async () => (await import('./plans.tsx')).Plans) },
  { path: 'trouble', title: 'console.trouble', role: 'viewer', Show: Trouble },
  { path: 'people', title: 'console.people', role: 'admin', Show: People },
  { path: 'settings', title: 'console.settings', role: 'admin', Show: later(async () => (await import('./settings.tsx')).Settings) },
  { path: 'audit', title: 'console.audit', role: 'admin', Show: Audit },
]
