import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import type { Guard } from './guard.ts'

/** Beside the bundle; of the sources, what was built last. */
export const builtConsole = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../build/agent/console' : './console', import.meta.url),
)

/** Scripts, styles and calls of this agent alone; nothing inline, no form, no frame around it. A socket's scheme is another: it is named. */
const policyAt = (host: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ws://${host} wss://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/**
 * Serves the console's files (built by `npm run build:agent`) to whoever may reach this address: they tell nothing. What the page asks is asked
 * like any browser's question, with a key of its own. Without the folder there is no console.
 */
// biome-ignore lint/suspicious/noExplicitAny: whatever else the app's contexts carry, a file needs none of it
export function serveConsole(app: Hono<any>, guard: Guard, folder: string): void {
  const headers: MiddlewareHandler = async (c, next) => {
    const host = hostOf(guard, c)
    await next()
    c.header('Content-Security-Policy', policyAt(host))
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Referrer-Policy', 'no-referrer')
    c.header('Cross-Origin-Opener-Policy', 'same-origin')
    c.header('Cross-Origin-Resource-Policy', 'same-origin')
    c.header('Cache-Control', c.req.path.startsWith('/console/assets/') && c.res.ok ? 'max-age=31536000, immutable' : 'no-store')
  }
  app.get('/console', (c) => {
    hostOf(guard, c)
    return c.redirect('/console/')
  })
  app.use('/console/*', headers)
  if (existsSync(folder)) app.get('/console/*', serveStatic({ root: folder, rewriteRequestPath: (path) => path.slice('/console'.length) }))
  app.get('/console/*', (c) => c.text('There is no such page.', 404))
}

/** The address it was asked at; refuses names that are not ours. */
function hostOf(guard: Guard, c: Context): string {
  const host = c.req.header('host')
  guard.host({ method: 'GET', url: '', host, origin: undefined, site: undefined, proof: undefined, address: null })
  return host ?? ''
}
