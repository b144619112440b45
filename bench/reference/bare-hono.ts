/**
 * The least an answer to /status can cost: a Hono route that parses the same body, checks the same proof, and answers the same bytes.
 * `node bare-hono.ts ANSWER`: the file holds the bytes. Prints its port.
 */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createNonces } from '../../agent/server/nonces.ts'
import { createProofCheck } from '../../agent/server/proof.ts'

const answer = readFileSync(process.argv[2] ?? '', 'utf8')
const nonces = createNonces(Date.now)
const check = createProofCheck(nonces)
const app = new Hono()

app.post('/status', async (c) => {
  const bytes = new Uint8Array(await c.req.arrayBuffer())
  const { items } = JSON.parse(new TextDecoder().decode(bytes)) as { items: unknown[] }
  const headers = { 'Content-Type': 'application/json', 'DPoP-Nonce': nonces.current() }
  try {
    await check(c.req.header('dpop'), { method: 'POST', url: c.req.url, bodyHash: hash('sha256', bytes, 'base64url') })
  } catch (error) {
    return new Response(String(error), { status: 401, headers })
  }
  return new Response(items.length === 0 ? '' : answer, { headers })
})

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
server.once('listening', () => console.log((server.address() as AddressInfo).port))
