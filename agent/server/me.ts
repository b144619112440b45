import { type RouteName, routes } from '../../shared/api.ts'
import { protocol } from '../../shared/pairing.ts'
import { type Approver, approverOf } from '../ledger/rights.ts'
import type { Agent } from './agent.ts'
import type { Handler } from './call.ts'
import { isoOrNull } from './says.ts'
import type { createServed } from './served.ts'

/** What this agent can do, by route names: an extension asks before it offers. */
const capabilities = (Object.keys(routes) as RouteName[]).filter((name) => routes[name].role !== 'machine')

/** `GET /me`; an extension asks it when it starts, so this is also where a key's last use is noted. */
export const meHandler =
  ({ name, version, write, reader }: Agent, served: ReturnType<typeof createServed>): Handler<'me'> =>
  async ({ caller }) => {
    await write('keySeen', { key: caller.key })
    const { connections, companies } = served.read()
    return {
      agent: name,
      version,
      protocol: { min: protocol.min, max: protocol.max },
      capabilities,
      person: { id: String(caller.person), name: caller.name, email: caller.email, role: caller.role },
      companies: companies.map((id) => ({ id, name: connections.find(({ company }) => company === id)?.companyName ?? id })),
      connections: connections
        .filter(({ id }) => !caller.shut.has(id))
        .map(({ id, name, company, erp, erpCompany, owner, environment, active, sources }) => ({
          id: String(id),
          name,
          company,
          erp,
          erpCompany,
          owner,
          active,
          environment,
          writing: sources.filter(({ writing }) => writing === 1).map(({ entity }) => entity),
          approver: spoken(approverOf(reader.raw, caller.person, id)),
        })),
    }
  }

const spoken = ({ source, granted, asOf }: Approver) => ({ source, granted, asOf: isoOrNull(asOf) })
