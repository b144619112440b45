/** Where people work: every zone (app, us02, uk01 …), the sandboxes and the federal zone, whose own host name is not known (seen 2026-06). */
const domains = ['procore.com', 'procoregov.com']

/** Browser host of the default zone (us01) of production (seen 2026-06). */
export const defaultHost = 'app.procore.com'

/**
 * Subdomains that are Procore's but never a page a person works on: login, API, help, static bundles, files (seen 2026-06).
 * `api-sandbox-monthly` looks like an API and is a browser host (procore/documentation, development_environments.md, 2026-06-03).
 */
const notPages = [
  ...['login', 'login-sandbox', 'login-sandbox-monthly', 'api', 'api-monthly', 'developers', 'support', '*.support', '*.pages'],
  ...['assets', 'assets0', 'assets1', 'assets2', 'assets3', 'storage', 'marketplace', 'www'],
]

/** The same as match patterns: zones are added without notice, so all of them but those. */
export const procorePages = {
  matches: domains.map((domain) => `https://*.${domain}/*`),
  excludeMatches: domains.flatMap((domain) => notPages.map((zone) => `https://${zone}.${domain}/*`)),
}

/** Procore's environments, each with its own logins; a sandbox may hold the ids of production. */
export const environments = ['production', 'sandbox', 'monthly'] as const
export type Environment = (typeof environments)[number]

/** Which of Procore's environments people see on a host; on-demand sandboxes are companies of production (procore-web.md 1, seen 2026-06). */
export function environmentOf(hostname: string): Environment {
  const [zone] = hostname.toLowerCase().split('.')
  if (zone === 'sandbox') return 'sandbox'
  return zone === 'sandbox-monthly' || zone === 'api-sandbox-monthly' ? 'monthly' : 'production'
}

/**
 * Whether a connection of this environment is what a page of that one shows. One with addresses of its own (`custom`, a practice company) is reached
 * under any host; an agent from before environments were told says none. A page that does not say where it is fits all.
 */
export const isOfEnvironment = (connection: string | undefined, page: string | undefined): boolean =>
  connection === undefined || connection === 'custom' || page === undefined || connection === page

/** Whether people see Procore's own pages on this host. */
export function isProcoreHost(hostname: string): boolean {
  const host = hostname.toLowerCase()
  const domain = domains.find((one) => host.endsWith(`.${one}`))
  if (domain === undefined) return false
  const zone = host.slice(0, -domain.length - 1)
  return !notPages.some((other) => (other.startsWith('*') ? zone.endsWith(other.slice(1)) : zone === other))
}
