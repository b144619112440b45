import { isUtf8 } from 'node:buffer'
import { limits } from '../../shared/pairing.ts'
import { refuse } from './refusal.ts'

const open = new Set([0x5b, 0x7b]) // [ {
const close = new Set([0x5d, 0x7d]) // ] }
const quote = 0x22
const backslash = 0x5c

/** Reads a request's body: its length said beforehand, JSON only, at most a megabyte. No body is no bytes. */
export async function readBody(request: Request): Promise<Uint8Array> {
  const length = Number(request.headers.get('content-length') ?? '0')
  if (request.headers.has('transfer-encoding') || !Number.isInteger(length)) throw refuse(411, 'length')
  if (length > limits.bodyBytes) throw refuse(413, 'size')
  if (length === 0) return new Uint8Array()
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) throw refuse(415, 'not-json')
  return new Uint8Array(await request.arrayBuffer())
}

/** Parses JSON that is nested at most `limits.depth` deep. */
export function parseBody(bytes: Uint8Array): unknown {
  if (depthOf(bytes) > limits.depth) throw refuse(400, 'depth')
  try {
    return JSON.parse(textOf(bytes))
  } catch (cause) {
    throw Object.assign(refuse(400, 'not-json'), { cause })
  }
}

function depthOf(bytes: Uint8Array): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (quoted && byte === backslash) at += 1
    else if (byte === quote) quoted = !quoted
    else if (quoted) continue
    else if (open.has(byte)) deepest = Math.max(deepest, ++depth)
    else if (close.has(byte)) depth -= 1
  }
  return deepest
}

function textOf(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new Error('not UTF-8')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
}
