import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A connector whose answers a test says. */
export type MadeConnector = {
  url: string
  key: string
  /** Rows of vendors, each with the number of its last change. */
  vendors: { changed: number; row: Record<string, unknown> }[]
  fields: string[]
  pageRows: number
  /** What it answers instead, by operation. */
  instead: Record<string, { status: number; body: unknown; headers?: Record<string, string> }>
  /** Every call that came with the key. */
  calls: { operation: string; body: Record<string, unknown> }[]
  [Symbol.asyncDispose](): Promise<void>
}

export async function startConnector(): Promise<MadeConnector> {
  const server = createServer(async (request, reply) => {
    const operation = request.url?.split('/').at(-1) ?? ''
    const body = JSON.parse((await request.toArray()).join('') || '{}') as Record<string, unknown>
    const { status, body: said, headers } = made.answer(operation, request.headers.authorization, body)
    reply.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(typeof said === 'string' ? said : JSON.stringify(said))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const made = Object.assign(answers(), {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/erp`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
  return made
}

function answers() {
  const known: Omit<MadeConnector, 'url' | typeof Symbol.asyncDispose> = {
    ...{ key: 'right', vendors: [], fields: ['vendor', 'name', 'city'], pageRows: 100, instead: {}, calls: [] },
  }
  const read = ({ since, page }: Record<string, unknown>) => {
    const wanted = known.vendors.filter(({ changed }) => since === null || changed > Number(since))
    const from = Number(page ?? 0)
    const rows = wanted.slice(from, from + known.pageRows).map(({ row }) => row)
    if (from + known.pageRows < wanted.length) return { rows, page: String(from + known.pageRows) }
    const cursor = String(Math.max(0, ...known.vendors.map(({ changed }) => changed)))
    return { rows, page: null, cursor, complete: since === null, total: wanted.length }
  }
  return Object.assign(known, {
    answer(operation: string, authorization: string | undefined, body: Record<string, unknown>): MadeConnector['instead'][string] {
      if (authorization !== `Bearer ${known.key}`) return { status: 401, body: {} }
      known.calls.push({ operation, body })
      const instead = known.instead[operation]
      if (instead) return instead
      const described = { protocol: 1, name: 'Made', entities: [{ entity: 'vendors', fields: known.fields }] }
      return { status: 200, body: operation === 'describe' ? described : operation === 'read' ? read(body) : { ok: true } }
    },
  })
}
