import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Hono } from 'hono'
import { carryOut, type RestAnswer, type RestParts, type RestRequest, refused, understand } from '../api/rest.ts'
import { Refusal } from '../api/rules/refusal.ts'
import type { Fault } from '../faults.ts'
import type { LoggedRequest } from '../request-log.ts'
import type { Parts } from '../stand-in.ts'
import { toRequest } from './bridge.ts'
import { deliver } from './deliver.ts'
import { parseBody, readBody } from './read-body.ts'
import { tooMany, troubled } from './trouble.ts'

/** A serial call keeps its project at least so long, that a second one in parallel is seen whatever the latency. Milliseconds. */
const serialMs = 20

/** One request to /oauth or /rest: logged, troubled by faults and limits, carried out, delivered; each stage is told to listeners. */
export async function answer(
  parts: Parts,
  oauth: Hono,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  baseUrl: string,
): Promise<void> {
  const entry = open(parts, incoming)
  await parts.log.reached('received', entry)
  const fault = parts.faults.next(entry)
  entry.fault = fault?.do
  await parts.log.reached('before-reading', entry)
  if (fault?.do === 'drop before reading') return void incoming.socket.destroy()
  const text = await readBody(incoming)
  if (text === undefined) return
  entry.body = entry.path === '/oauth/token' ? undefined : parseBody(text, incoming.headers['content-type'])
  if (fault?.do === 'slow') await wait(fault.ms)
  if (entry.path.startsWith('/oauth/')) return viaOauth(parts, oauth, entry, fault, toRequest(incoming, text, baseUrl), outgoing)
  const url = new URL(incoming.url ?? '/', toRequest(incoming, text, baseUrl).url)
  const header = (name: string) => {
    const value = incoming.headers[name]
    return Array.isArray(value) ? value[0] : value
  }
  const request: RestRequest = { method: entry.method, url, header, body: entry.body, rowFault: rowFaultOf(fault) }
  await viaRest(parts, entry, fault, request, outgoing)
}

function open(parts: Parts, incoming: IncomingMessage): LoggedRequest {
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?')
  const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
  const { headers } = incoming
  const entry: LoggedRequest = {
    ...{ n: parts.log.entries.length + 1, at: parts.now(), method: incoming.method ?? 'GET', path, query: readable(query) },
    headers: {
      ...{ company: one(headers['procore-company-id']), userAgent: headers['user-agent'], contentType: headers['content-type'] },
      bearer: headers.authorization?.startsWith('Bearer ') ?? false,
    },
    ...{ body: undefined, status: undefined, fault: undefined },
  }
  parts.log.entries.push(entry)
  return entry
}

const readable = (query: string) => [...new URLSearchParams(query)].map(([name, value]) => `${name}=${value}`).join('&')

const rowFaultOf = (fault: Fault | undefined) => (row: number) =>
  fault?.do === 'partial errors' && fault.rows.includes(row) ? fault.errors : undefined

async function viaOauth(
  parts: Parts,
  oauth: Hono,
  entry: LoggedRequest,
  fault: Fault | undefined,
  request: Request,
  outgoing: ServerResponse,
) {
  const response = fault?.do === 'answer' ? undefined : await oauth.fetch(request)
  const made = response ? await fromResponse(response) : troubled(parts, fault)
  await deliver(parts.log, entry, fault, made, outgoing)
}

async function fromResponse(response: Response) {
  return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() }
}

async function viaRest(
  parts: Parts,
  entry: LoggedRequest,
  fault: Fault | undefined,
  request: RestRequest,
  outgoing: ServerResponse,
): Promise<void> {
  const rate = parts.rate.take()
  const withRate = (made: { status: number; headers: Record<string, string>; text: string }) => ({
    ...made,
    headers: { ...rate.headers, ...made.headers },
  })
  if (rate.waitSeconds !== undefined) return deliver(parts.log, entry, fault, withRate(tooMany(parts, rate.waitSeconds)), outgoing)
  if (fault?.do === 'answer') return deliver(parts.log, entry, fault, withRate(troubled(parts, fault)), outgoing)
  const { answer: made, release } = await worked(parts, request)
  try {
    await deliver(parts.log, entry, fault, withRate(asText(made)), outgoing)
  } finally {
    release()
  }
}

const asText = ({ status, headers, body }: RestAnswer) => ({
  ...{ status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, text: JSON.stringify(body) },
})

/** Understands, waits out the latency, carries out. A serial endpoint holds its project until the answer is away. */
async function worked(parts: Parts, request: RestRequest): Promise<{ answer: RestAnswer; release: () => void }> {
  const rest: RestParts = { ...parts, violation: (text) => void parts.violations.push(text) }
  const understood = understand(rest, request)
  const none = () => {}
  if ('refusal' in understood) {
    await pause(parts.behaviour.latencyMs)
    return { answer: refused(rest, understood.refusal), release: none }
  }
  const { endpoint, call } = understood
  const key = endpoint.serial ? `${endpoint.serial} ${call.projectId}` : undefined
  if (key && parts.busy.has(key))
    return { answer: refused(rest, new Refusal(409, 'Another request is changing these direct costs')), release: none }
  if (key) parts.busy.add(key)
  await pause(Math.max(parts.behaviour.latencyMs, key ? serialMs : 0))
  return { answer: carryOut(rest, endpoint, call), release: key ? () => parts.busy.delete(key) : none }
}

const pause = async (ms: number) => {
  if (ms > 0) await wait(ms)
}
