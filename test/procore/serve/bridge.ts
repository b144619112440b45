import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Hono } from 'hono'
import { readBody } from './read-body.ts'

/** A Node request as the Request a Hono app takes; the host name the browser asked for is kept. */
export function toRequest(incoming: IncomingMessage, body: string, baseUrl: string): Request {
  const host = incoming.headers.host
  const url = new URL(incoming.url ?? '/', host ? `${new URL(baseUrl).protocol}//${host}` : baseUrl)
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, Array.isArray(value) ? value.join(', ') : (value ?? ''))
  const method = incoming.method ?? 'GET'
  return new Request(url, { method, headers, ...(method === 'GET' || method === 'HEAD' ? {} : { body }) })
}

/** Asks the apps one after the other until one does not answer 404. */
export async function bridge(apps: readonly Hono[], incoming: IncomingMessage, outgoing: ServerResponse, baseUrl: string): Promise<void> {
  const body = await readBody(incoming)
  if (body === undefined) return
  let response = new Response('Nothing is mounted here.', { status: 404 })
  for (const app of apps) {
    response = await app.fetch(toRequest(incoming, body, baseUrl))
    if (response.status !== 404) break
  }
  await send(outgoing, response)
}

async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  for (const cookie of response.headers.getSetCookie()) outgoing.appendHeader('set-cookie', cookie)
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value)
  outgoing.writeHead(response.status)
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}
