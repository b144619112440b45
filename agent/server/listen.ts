import { createServer as createPlain } from 'node:http'
import { createServer as createTls } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import { WebSocketServer } from 'ws'

/** A certificate with its chain and its key, both PEM; or the PFX that holds them. */
export type Tls = { cert: string; key: string } | { pfx: Buffer; passphrase: string }

/** One place to listen at. With a certificate it speaks TLS; `names` are the host names and addresses people may use for it. */
export type ListenAt = { address: string; port: number; names: readonly string[]; tls?: Tls | undefined }

/** Loopback, by all the names it has. */
export const onLoopback = (port: number): ListenAt => ({ address: '127.0.0.1', port, names: ['127.0.0.1', 'localhost'] })

/** `use`: shows this certificate to whoever comes from now on; lines that are open stay. */
export type Listening = { at: ListenAt; url: string; port: number; hosts: string[]; use(tls: Tls): void; close(): Promise<void> }

/** A slow or silent peer may not hold a socket: head in 10 s, whole request in 30 s, idle at most 65 s. */
const bounds = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 }

/** Starts listening; resolves with the addresses it answers to, or rejects when the port is taken. */
export async function listen(app: Hono<{ Bindings: Partial<HttpBindings> }>, at: ListenAt): Promise<Listening> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4096 })
  const fetch = (request: Request, env: unknown) => app.fetch(request, env as HttpBindings)
  const websocket = { server: sockets }
  const server = at.tls
    ? createAdaptorServer({ fetch, websocket, createServer: createTls, serverOptions: { ...bounds, ...at.tls, minVersion: 'TLSv1.2' } })
    : createAdaptorServer({ fetch, websocket, createServer: createPlain, serverOptions: bounds })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.address, resolve)
  })
  const { port } = server.address() as AddressInfo
  const hosts = hostsOf(at.names, port)
  return {
    at,
    use(tls) {
      if ('setSecureContext' in server) server.setSecureContext({ ...tls, minVersion: 'TLSv1.2' })
    },
    url: `${at.tls ? 'https' : 'http'}://${hosts[0] ?? `${at.address}:${port}`}`,
    port,
    hosts,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate()
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

/** Host headers these names are asked by. */
export const hostsOf = (names: readonly string[], port: number): string[] =>
  names.map((name) => `${name.includes(':') ? `[${name}]` : name}:${port}`.toLowerCase())
