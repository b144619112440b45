/** ⑥ The only door to Procore. Every call carries a company, a token and a place in the budget; nothing unpublished is ever called. */

export type Environment = 'production' | 'sandbox' | 'monthly' | 'custom'

/** Where one connection reaches Procore. The secret is asked for when a token is needed and kept nowhere else. */
export type ProcoreSettings = {
  company: string
  clientId: string
  secret: () => string | Promise<string>
  apiBase: string
  loginBase: string
}

/** API and OAuth hosts (procore-api.md 1.1, docs of 2026-06-10). Every commercial zone is reached through the production host. */
const hosts: Record<Exclude<Environment, 'custom'>, { apiBase: string; loginBase: string }> = {
  production: { apiBase: 'https://api.procore.com', loginBase: 'https://login.procore.com' },
  sandbox: { apiBase: 'https://sandbox.procore.com', loginBase: 'https://login-sandbox.procore.com' },
  monthly: { apiBase: 'https://api-monthly.procore.com', loginBase: 'https://login-sandbox-monthly.procore.com' },
}

/** The two base addresses of an environment; `custom` takes them from the settings. Without trailing slash. */
export function basesOf(environment: Environment, custom?: { apiBase: string; loginBase: string }): { apiBase: string; loginBase: string } {
  if (environment !== 'custom') return hosts[environment]
  if (!custom) throw new TypeError('A custom environment names its two addresses.')
  return { apiBase: bare(custom.apiBase), loginBase: bare(custom.loginBase) }
}

const bare = (address: string): string => new URL(address).href.replace(/\/+$/, '')
