import type { Endpoint } from './endpoint.ts'

interface Found {
  endpoint: Endpoint
  params: { [name: string]: string }
}

const patterns = new WeakMap<Endpoint, RegExp>()

/** Ids are digits, so `/vendors/sync` is never read as a vendor's address. */
function patternOf(endpoint: Endpoint): RegExp {
  const known = patterns.get(endpoint)
  if (known) return known
  const made = new RegExp(`^${endpoint.path.replaceAll('.', '\\.').replace(/:(\w+)/g, '(?<$1>\\d+)')}$`)
  patterns.set(endpoint, made)
  return made
}

export function match(endpoints: readonly Endpoint[], method: string, path: string): Found | undefined {
  for (const endpoint of endpoints) {
    const found = endpoint.method === method ? patternOf(endpoint).exec(path) : null
    if (found) return { endpoint, params: { ...found.groups } }
  }
  return undefined
}
