/** What the faults of the month lay their hands on, and the one agent that runs in it at a time. */
import type { Problem } from '../../shared/problem.ts'
import { practiceClient } from '../../test/procore/options.ts'
import { atRest } from './at-rest.ts'
import type { World } from './faults/fault.ts'
import { type Office, openOffice } from './office.ts'

export function openWorld({ folder, clock, standIn, side }: Pick<World, 'folder' | 'clock' | 'standIn' | 'side'>): World {
  const given = { secret: '', skewMs: 0 }
  const told: Problem[] = []
  let office: Office | null = null
  const running = (): Office => {
    if (office === null) throw new Error('No agent runs.')
    return office
  }
  const reopen = async (): Promise<void> => {
    office = await openOffice({ folder, clock, standIn, skewMs: given.skewMs, secret: () => given.secret || practiceClient.secret })
  }
  return {
    reopen,
    async settled() {
      await reopen()
      await clock.until('the night’s work', () => atRest(running()))
      await running().stop()
    },
    ...{ folder, clock, standIn, side, given },
    office: running,
    kill: () => running().kill(),
    told: (problem) => void told.push(problem),
    toldSoFar: () => [...told, ...(office?.told ?? [])],
  }
}
