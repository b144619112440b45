/** Subdomains that are Procore's but never a page a person works on (seen 2026-06: login, API, help, static bundles, files). */
const NOT_PAGES = [
  /^login/,
  /^api$/,
  /^api-monthly$/,
  /^developers$/,
  /^(?:.+\.)?support$/,
  /^(?:.+\.)?pages$/,
  /^assets\d*$/,
  /^storage$/,
  /^marketplace$/,
  /^www$/,
]

/**
 * Whether people see Procore's own pages on this host: every zone (app, us02, uk01 …), the sandboxes and the federal zone.
 * By pattern, because zones are added without notice. `api-sandbox-monthly` looks like an API and is a browser host
 * (procore/documentation, development_environments.md, 2026-06-03).
 */
export function isProcoreHost(hostname: string): boolean {
  const zone = /^(.+)\.procore(?:gov)?\.com$/.exec(hostname.toLowerCase())?.[1]
  return zone !== undefined && !NOT_PAGES.some((pattern) => pattern.test(zone))
}
