/** One Procore company: its door, its outbox worker, and the polling of each connection that serves it. */
import type { ItemRef } from '../shared/item.ts'
import { patiently } from './ledger/patiently.ts'
import type { Reader } from './ledger/reader.ts'
import type { Writer } from './ledger/writer-proxy.ts'
import { type PeopleLooks, peopleLooks } from './look-at-people.ts'
import { outboxWorkers } from './outbox/worker.ts'
import { watchPeople } from './people.ts'
import type { Client } from './procore/client.ts'
import { ofTheWay } from './procore/commands.ts'
import { procoreLists } from './procore/index.ts'
import { type Polling, startPolling } from './procore/poll.ts'
import { pollState } from './procore/poll-state.ts'
import type { Clock } from './procore/rate-limit.ts'

export type CompanyParts = {
  client: Client
  /** Connections that serve this company. */
  connections: readonly number[]
  writer: Writer
  reader: Reader
  clock: Clock
  signal: AbortSignal
  onFault: (error: unknown, where: string) => void
}

export type Company = {
  /** These items are on a screen now. */
  onScreen(items: readonly ItemRef[]): void
  /** Reads one list of one connection up to now; `whole`: all of it. */
  read(connection: number, list: string, project: string | null, contracts?: readonly string[], whole?: boolean): Promise<void>
  /** Asks Procore about people while somebody waits. */
  people: PeopleLooks
  /** Something may wait to be sent or read. */
  wake(): void
  stopped: Promise<void>
}

/** Lists that others refer to: once they are read anew, what failed for want of one of them is tried again. */
const referred = new Set([
  ...['projects', 'vendors', 'line-item-types', 'sub-jobs', 'cost-codes', 'standard-cost-codes'],
  ...['work-order-contracts', 'purchase-order-contracts'],
])

const firstList = 'projects'

function wayWasBarred({ raw }: Reader, connection: number): boolean {
  const codes = ofTheWay.map((code) => `'${code}'`).join(', ')
  return (
    raw.prepare(`select 1 from problems where connection = ? and closed_at is null and code in (${codes})`).get(connection) !== undefined
  )
}

export function startCompany({ client, connections, writer, reader, clock, signal, onFault }: CompanyParts): Company {
  const patience = { clock, signal }
  const polling = new Map(connections.map((connection) => [connection, poll(connection)]))

  function poll(connection: number): Polling {
    return startPolling({
      ...{ client, connection, lists: procoreLists, clock, signal },
      state: () => pollState(reader.raw, connection, procoreLists),
      async itemsSeen(seen) {
        const counts = await patiently(() => writer.call('itemsSeen', seen), patience)
        if (counts.changed > 0 && referred.has(seen.list)) await writer.call('retryMissing', { connection })
      },
      onTrouble: (trouble) => patiently(() => writer.call('pollTrouble', trouble), patience),
      async onWell(list) {
        const over = await patiently(() => writer.call('pollWell', list), patience)
        if (over > 0) await patiently(() => writer.call('releaseHeld', { connection }), patience) // what waited for a person to put it right
      },
    })
  }

  const read: Company['read'] = async (connection, list, project, contracts, whole) =>
    polling.get(connection)?.pollNow(list, project, contracts, whole)

  const outbox = outboxWorkers().start({
    ...{ client, clock, signal, connections: () => connections, refresh: read },
    calls: {
      claim: (input) => writer.call('claim', input),
      settle: (input) => writer.call('settle', input),
      progress: (input) => writer.call('progress', input),
      recheckCreates: (input) => writer.call('recheckCreates', input),
    },
    onTrouble: (trouble) => {
      if (trouble !== null) onFault(trouble, `outbox of company ${client.company}`)
    },
  })

  const aboutPeople = { client, connections, writer, reader, clock, signal, onFault, lists: new Map() }
  const people = watchPeople(aboutPeople)

  // A person may have put right what stood in the way before this start; the lists themselves are perhaps not due for long.
  for (const connection of connections) if (wayWasBarred(reader, connection)) void read(connection, firstList, null).catch(() => undefined) // told by the reading itself

  return {
    onScreen: (items) => polling.forEach((one) => void one.seen(items)),
    read,
    people: peopleLooks(aboutPeople),
    wake() {
      outbox.wake()
      for (const one of polling.values()) one.wake()
      people.wake()
    },
    stopped: Promise.all([outbox.stopped, people.stopped, ...[...polling.values()].map((one) => one.stopped)]).then(() => undefined),
  }
}
