import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../../shared/agent-link/client.ts'
import { catchUp, type EventParts, follow } from '../../../shared/agent-link/events.ts'
import type { Event } from '../../../shared/event.ts'
import { clientOf, openSocket } from '../../agent/server/browser.ts'
import { type MadeAgent, makeAgent } from '../../agent/server/made-agent.ts'

let made: MadeAgent
let client: Client
beforeEach(async () => {
  made = await makeAgent()
  client = await clientOf(made)
})
afterEach(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

/** Remembers what a background would store, and lets a test wait for the nth event. */
function memory(from = 0) {
  const seen: Event[] = []
  const gaps: number[] = []
  const waiting: { count: number; done: () => void }[] = []
  const state = { last: from }
  const parts: EventParts = {
    client,
    lastSeen: async () => state.last,
    onEvents: async (events, last) => {
      seen.push(...events)
      state.last = last
      for (const { count, done } of waiting) if (seen.length >= count) done()
    },
    onGap: async (last) => {
      gaps.push(last)
      state.last = last
    },
  }
  const until = (count: number) => new Promise<void>((done) => (seen.length >= count ? done() : waiting.push({ count, done })))
  return { parts, seen, gaps, state, until }
}

const happen = (project?: string) =>
  made.transact(({ emit }) => emit('link-changed', { ...(project ? { project } : {}), items: [{ type: 'vendor', id: '1' }] }))
const lastNow = async () =>
  Number(
    (
      await (
        await made.agent.reader.db()
      )
        .selectFrom('events')
        .select((eb) => eb.fn.max('n').as('n'))
        .executeTakeFirst()
    )?.n ?? 0,
  )

describe('a background that slept', () => {
  it('asks for everything since its number, however much that is', async () => {
    const { parts, seen } = memory(await lastNow())
    for (let n = 0; n < 501; n += 1) await happen()
    expect(await catchUp(parts)).toBeNull()
    expect(seen).toHaveLength(501)
    expect(seen.map(({ n }) => n)).toEqual(seen.map((_, at) => (seen[0]?.n ?? 0) + at))
  })
  it('is told when events before were forgotten', async () => {
    const { parts, gaps, state } = memory(1)
    await happen()
    await happen()
    await made.transact(({ db }) => db.deleteFrom('events').where('n', '<=', 3).execute())
    await happen()
    await catchUp(parts)
    expect(gaps).toHaveLength(1)
    expect(state.last).toBe(await lastNow())
  })
  it('is told when the agent’s numbers began anew', async () => {
    const { parts, gaps } = memory(5000)
    await catchUp(parts)
    expect(gaps).toEqual([await lastNow()])
  })
})

describe('a background that listens', () => {
  it('gets what it missed, then what happens, until it stops', async () => {
    const { parts, seen, until } = memory(await lastNow())
    const states: unknown[] = []
    const stop = new AbortController()
    await happen()
    const ended = follow({ ...parts, open: openSocket, onPing: () => {}, onState: (state) => states.push(state), signal: stop.signal })
    await until(1)
    await happen()
    await until(2)
    stop.abort()
    await ended
    expect(seen).toHaveLength(2)
    expect(states).toEqual([null])
  })
  it('goes on from its number after the line was cut', async () => {
    const { parts, seen, until } = memory(await lastNow())
    const stop = new AbortController()
    const sockets: WebSocket[] = []
    const open = (url: string) => {
      const socket = openSocket(url)
      sockets.push(socket)
      return socket
    }
    let cut: () => void = () => {}
    const wasCut = new Promise<void>((resolve) => {
      cut = resolve
    })
    const wait = async () => {
      await happen()
      cut()
    }
    const ended = follow({ ...parts, open, wait, onPing: () => {}, onState: () => {}, signal: stop.signal })
    await happen()
    await until(1)
    sockets[0]?.close()
    await wasCut
    await until(2)
    stop.abort()
    await ended
    expect(seen.map(({ n }) => n)).toEqual([seen[0]?.n, (seen[0]?.n ?? 0) + 1])
  })
  it('hears only of projects its person may see', async () => {
    client = await clientOf(made, 'viewer', ['31'], 'pm@example.com')
    const { parts, seen, until } = memory(await lastNow())
    const stop = new AbortController()
    const ended = follow({ ...parts, client, open: openSocket, onPing: () => {}, onState: () => {}, signal: stop.signal })
    await happen('32')
    await happen('31')
    await until(1)
    stop.abort()
    await ended
    expect(seen.map(({ project }) => project)).toEqual(['31'])
  })
  it('is cut off when its key is revoked', async () => {
    const { parts, until } = memory(await lastNow())
    const troubles: (string | undefined)[] = []
    const stop = new AbortController()
    const ended = follow({
      ...parts,
      open: openSocket,
      onPing: () => {},
      signal: stop.signal,
      onState: (state) => {
        troubles.push(state?.code)
        if (state?.code === 'not-paired') stop.abort()
      },
      wait: async () => {},
    })
    await happen()
    await until(1)
    await made.agent.write('revokeKey', { key: 1, by: { person: null, origin: 'cli' } })
    await ended
    expect(troubles.at(-1)).toBe('not-paired')
  })
})

describe('a ticket', () => {
  const opened = (url: string, origin?: string) =>
    new Promise<string>((resolve) => {
      const socket = openSocket(url, origin)
      socket.onopen = () => resolve('open')
      socket.onerror = () => resolve('refused')
    })
  const live = (ticket: string) => `${made.url.replace('http', 'ws')}/events/live?ticket=${ticket}&since=0`
  const ticket = async () => {
    const reply = await client.call('eventTicket', { body: {} })
    return 'value' in reply ? reply.value.ticket : ''
  }
  it('opens one socket, once', async () => {
    const once = await ticket()
    expect(await opened(live(once))).toBe('open')
    expect(await opened(live(once))).toBe('refused')
  })
  it('is worth nothing after 30 s, from another origin, or invented', async () => {
    const late = await ticket()
    made.clock.ms += 30_001
    expect(await opened(live(late))).toBe('refused')
    expect(await opened(live(await ticket()), 'https://us02.procore.com')).toBe('refused')
    expect(await opened(live('invented'))).toBe('refused')
  })
})
