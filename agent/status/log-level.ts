import type { AgentSettings } from '../ledger/agent-settings.ts'

type Chosen = AgentSettings['log']

/** Debug fills a disk, and holds amounts: it lasts so long, then ends by itself. */
const debugMs = 3_600_000

/** The level that holds now: as chosen, or once that has run out what was before; else as tieback.json says. Pure. */
export function levelAt(chosen: Chosen | null, inFile: string, now: number): string {
  if (chosen === null) return inFile
  return chosen.until !== null && now >= chosen.until ? chosen.after : chosen.level
}

/** What choosing a level comes to. Debug goes back to the level before it, never to debug. Pure. */
export function choose(level: string, present: string, now: number): Chosen {
  const after = isDebug(present) ? 'info' : present
  return isDebug(level) ? { level, until: now + debugMs, after } : { level, until: null, after: level }
}

const isDebug = (level: string): boolean => level === 'debug' || level === 'trace'
