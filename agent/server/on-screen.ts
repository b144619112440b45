import type { ItemRef, ItemType } from '../../shared/item.ts'
import type { Agent } from './agent.ts'

/** A place is told again when it was not for so long; on-screen lists are read at most once a minute anyway. */
const againMs = 5000
const atMost = 1000

/** Passes on what is on screens, once per list and project in five seconds instead of once per badge and answer. */
export function createOnScreen({ onScreen, now }: Pick<Agent, 'onScreen' | 'now'>): (items: readonly ItemRef[]) => void {
  const told = new Map<ItemType, Map<string, number>>()
  return (items) => {
    const at = now()
    const fresh: ItemRef[] = []
    for (const ref of items) {
      const projects = told.get(ref.type) ?? new Map<string, number>()
      if (at - (projects.get(ref.project ?? '') ?? 0) < againMs) continue
      told.set(ref.type, projects.set(ref.project ?? '', at))
      fresh.push(ref)
    }
    for (const projects of told.values()) if (projects.size > atMost) projects.clear()
    if (fresh.length > 0) onScreen(fresh)
  }
}
