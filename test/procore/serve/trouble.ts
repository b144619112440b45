import { Refusal, refusalBody } from '../api/rules/refusal.ts'
import type { Fault } from '../faults.ts'
import type { Parts } from '../stand-in.ts'
import type { Made } from './deliver.ts'

const words: { [status: number]: string } = {
  408: 'Request Timeout',
  429: 'You have surpassed the max number of requests for an hour. Please wait until your limit resets.',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}

/** Over the limit: 429 with X-Rate-Limit-Reset and Retry-After, as the switch says (facts 3). */
export function tooMany(parts: Parts, waitSeconds: number): Made {
  return made(parts, 429, waitSeconds)
}

/** The answer a fault puts in place of the real one. */
export function troubled(parts: Parts, fault: Fault | undefined): Made {
  if (fault?.do !== 'answer') throw new Error('Only a fault of the kind answer has an answer.')
  const usual = made(parts, fault.status, fault.retryAfterSeconds)
  if (fault.body === undefined) return usual
  return { ...usual, text: fault.body, headers: { ...usual.headers, 'content-type': fault.contentType ?? 'text/html' } }
}

function made(parts: Parts, status: number, waitSeconds: number | undefined): Made {
  const refusal = new Refusal(status, words[status] ?? `Status ${status}`)
  const text = JSON.stringify(refusalBody(refusal, parts.behaviour.errorShape))
  return { status, text, headers: { 'content-type': 'application/json; charset=utf-8', ...waitHeaders(parts, status, waitSeconds) } }
}

function waitHeaders({ behaviour, now }: Parts, status: number, seconds: number | undefined): Record<string, string> {
  if (seconds === undefined) return {}
  const reset = { 'X-Rate-Limit-Remaining': '0', 'X-Rate-Limit-Reset': String(Math.ceil(now() / 1000) + seconds) }
  const after = { 'Retry-After': String(seconds) }
  if (status !== 429 || behaviour.waitHeaders === 'retry-after only') return after
  return behaviour.waitHeaders === 'reset only' ? reset : { ...reset, ...after }
}
