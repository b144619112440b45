import type { Context } from 'hono'
import type { Agent } from './agent.ts'
import type { Guard } from './guard.ts'

const asText = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** The agent's own page: whoever can read it without a warning has the right address and a certificate their browser trusts. Tells nothing else. */
export function welcome({ name, version }: Agent, guard: Guard, c: Context): Response {
  guard.host({ method: 'GET', url: '', host: c.req.header('host'), origin: undefined, site: undefined, proof: undefined, address: null })
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tieback</title>
<style>body{font:16px/1.5 system-ui;max-width:36em;margin:4em auto;padding:0 1em}</style>
<h1>Tieback runs here</h1><p>This is the agent <b>${asText(name)}</b>, version ${asText(version)}.</p>
<p>You see this page without a warning, so this browser reaches the agent and trusts its certificate. If the extension still says that the agent does not answer,
compare this page’s address with the one in the extension’s options.</p>`
  return new Response(page, {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' },
  })
}
