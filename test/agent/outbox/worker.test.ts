import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxWorkers, type Worker, type WorkerParts } from '../../../agent/outbox/worker.ts'
import { realClock } from '../../../agent/procore/door.ts'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { reaches } from '../../support/reaches.ts'
import { type Firm, makeFirm, originOf } from './firm.ts'

describe('the worker of a company', () => {
  let standIn: StandIn
  let firm: Firm
  let stop: AbortController
  const workers: Worker[] = []

  beforeEach(async () => {
    standIn = await startStandIn()
    firm = await makeFirm(standIn)
    stop = new AbortController()
    await firm.see('vendors')
    firm.clock.now = () => Date.now()
  })
  afterEach(async () => {
    stop.abort()
    await Promise.all(workers.splice(0).map((one) => one.stopped))
    await standIn.close()
  })

  const parts = (more: Partial<WorkerParts> = {}): WorkerParts => ({
    ...{ client: firm.client, calls: firm.calls, clock: realClock, signal: stop.signal, connections: () => [1] },
    refresh: async (_connection, list, project) => firm.see(list, project),
    ...more,
  })
  const start = (starter = outboxWorkers(), more: Partial<WorkerParts> = {}): Worker => {
    const worker = starter.start(parts(more))
    workers.push(worker)
    return worker
  }
  const made = (key: string) => standIn.company.tables.vendors.byOrigin(originOf('vendors', key))

  it('delivers what comes in when it is woken', async () => {
    const worker = start()
    await firm.record('vendors', 'W1', { vendor: 'W1', name: 'Woken Works' })
    worker.wake()
    await firm.until(() => made('W1') !== undefined)
  })

  it('runs once, and may run again after it stopped', async () => {
    const starter = outboxWorkers()
    const worker = start(starter)
    expect(() => starter.start(parts())).toThrow('already')
    stop.abort()
    await worker.stopped
    stop = new AbortController()
    start(starter)
  })

  it('stops by the signal only after the call under way was answered and recorded', async () => {
    await firm.record('vendors', 'S1', { vendor: 'S1', name: 'Stopped Works' })
    let committed = false
    standIn.onRequest(async (stage, request) => {
      if (stage !== 'committed' || request.method !== 'PATCH') return
      committed = true
      stop.abort()
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    await start().stopped
    expect(committed).toBe(true)
    expect(firm.outbox().map((row) => row['state'])).toEqual([5])
  })

  it('tells its trouble and goes on when it is over', async () => {
    const told: (string | null)[] = []
    let broken = true
    const calls = {
      ...firm.calls,
      claim: async (input: Parameters<Firm['calls']['claim']>[0]) => (broken ? Promise.reject(new Error('disk')) : firm.calls.claim(input)),
    }
    const worker = start(outboxWorkers(), { calls, onTrouble: (trouble) => void told.push(trouble?.message ?? null) })
    await firm.until(() => told.length > 0)
    broken = false
    worker.wake()
    await firm.until(() => told.at(-1) === null)
    expect(told).toEqual(['disk', null])
  })

  it('keeps everything while the secret is wrong, and says so once', async () => {
    const { openDoor } = await import('../procore/open-door.ts')
    for (const key of ['P1', 'P2', 'P3']) await firm.record('vendors', key, { vendor: key, name: `Paused ${key}` })
    const wrong = openDoor(standIn, firm.clock, { secret: 'nope' })
    start(outboxWorkers(), { client: wrong })
    await firm.until(() => firm.problems().length > 0)
    stop.abort()
    expect(firm.problems()).toHaveLength(1)
    reaches('procore-secret', firm.problems()[0]?.['code'])
    expect(firm.outbox().map((row) => row['state'])).toEqual([4, 4, 4])
  })
})
