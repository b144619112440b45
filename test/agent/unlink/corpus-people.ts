/** Who asks in a world of corpus.ts. What a person's right lets come out is told from who they were made to be, never from the ledger. */
import { pair } from '../../../agent/cli/pair.ts'
import type { Client } from '../../../shared/agent-link/client.ts'
import type { BodyOf } from '../../../shared/api.ts'
import type { StandIn } from '../../procore/stand-in.ts'
import type { RunningAgent } from '../../support/start-agent.ts'
import { extensionOrigin, makeWire, pairedClient } from '../server/browser.ts'

/**
 * The admin at the server, and people in browsers: an approver, one who is none, a reader, one bound to other projects, one whom Procore does not
 * list on the busy project, and one whose right ends between look and click.
 */
export type Who = 'admin' | 'accountant' | 'no-right' | 'viewer' | 'bound' | 'not-listed' | 'revoked'

/** The right a person lacks for a record, by its code. */
export function lackOf(who: Who, inBusyProject: boolean): string | null {
  if (who === 'viewer') return 'role-missing'
  if (who === 'no-right' || who === 'revoked') return 'approver-missing'
  if (who === 'bound') return inBusyProject ? 'scope-missing' : null
  return who === 'not-listed' && inBusyProject ? 'not-on-project' : null
}

type InBrowser = Exclude<Who, 'admin'>
const emails: Record<InBrowser, string> = {
  ...{ accountant: 'jonas.keller', 'no-right': 'mireille.roy', viewer: 'tom.okafor', bound: 'Ada.Brenner' },
  ...{ 'not-listed': 'lucia.serrano', revoked: 'rita.moved' },
}
const at = (name: string) => `${name}@practice-builders.example`
const approvers: readonly InBrowser[] = ['accountant', 'viewer', 'bound', 'not-listed', 'revoked']

/** Before the agent asks: Rita is in the directory too, and one of them is not on the busy project. */
export function knowPeople({ company }: StandIn): void {
  const { users } = company.tables
  const [pattern] = users.live()
  if (pattern) company.add('users', { ...pattern, login: at('rita.moved'), email_address: at('rita.moved'), name: 'Rita Moved' })
  const others = users.live().filter(({ email_address }) => email_address.toLowerCase() !== at(emails['not-listed']))
  company.projectPeople.set(busyProject(company), new Set(others.map(({ id }) => id)))
}

const busyProject = (company: StandIn['company']): number => company.tables.projects.all()[0]?.id ?? 0

export type People = { clients: Record<InBrowser, Client>; revoke(): Promise<void> }

/** Pairs a browser of each; Procore was asked about all of them, on every linked project, when it resolves. */
export async function pairPeople(agent: RunningAgent, { company }: StandIn, slow: { withinMs: number }): Promise<People> {
  const elsewhere = company.tables.projects.live().flatMap(({ id }) => (id === busyProject(company) ? [] : [String(id)]))
  const paired: [InBrowser, Client, string][] = []
  for (const [who, name] of Object.entries(emails) as [InBrowser, string][]) {
    const role = who === 'viewer' ? 'viewer' : 'accountant'
    const scope = who === 'bound' ? { project: elsewhere } : {}
    const { result } = await agent.cli(pair, [], { name, email: at(name), role, ...scope } as unknown as Record<string, string>)
    const { code, person } = result as { code: string; person: string }
    paired.push([who, await pairedClient(agent.url, code, await makeWire(extensionOrigin, 20_000)), person])
    if (approvers.includes(who)) await agent.ask('setApprover', { params: { id: person }, body: { granted: true } })
  }
  const notListed = paired.find(([who]) => who === 'not-listed')?.[2] ?? ''
  const heard = () =>
    agent.ledger.rows('select 1 from procore_people where id is not null').length >= paired.length &&
    agent.ledger.rows(
      'select 1 from procore_members where person = ? and project = ? and listed = 0',
      notListed,
      String(busyProject(company)),
    ).length > 0
  await agent.until('Procore was asked about everybody', heard, slow)
  return {
    clients: Object.fromEntries(paired.map(([who, client]) => [who, client])) as People['clients'],
    async revoke() {
      const [, , person = ''] = paired.find(([who]) => who === 'revoked') ?? []
      await agent.ask('setApprover', { params: { id: person }, body: { granted: false } })
    },
  }
}

/** How asking ended for one record, and with which code it was refused, if one was said. */
export type End = { end: string; code: string | null }
export type Wanted = { record: number; forecast: string }
type Many = Extract<BodyOf<'askUnlinks'>, { entries: unknown }>['entries']

const toMany = (wanted: readonly Wanted[]): Many => wanted.map(({ record, forecast }) => ({ link: String(record), forecast }))

/** All at once, as who sees all of them may; by the command line where no browser is named. */
export async function askMany(agent: RunningAgent, wanted: readonly Wanted[], slow: { withinMs: number }, client?: Client): Promise<End[]> {
  if (wanted.length === 0) return []
  const body = { entries: toMany(wanted) }
  const asked = client ? await client.call('askUnlinks', { body }) : { value: await agent.ask('askUnlinks', { body }) }
  if ('problem' in asked) return wanted.map(() => ({ end: 'refused', code: asked.problem.code }))
  const told = () => agent.ask('unlinkBatch', { params: { id: asked.value.id } })
  await agent.until('all of them ended', async () => (await told()).endedAt !== null, slow)
  return (await told()).entries.map(({ state, problem }) => ({ end: state, code: problem?.code ?? null }))
}

/** One by one: the right that is missing is named also where a person does not see the record. */
export async function askEach(agent: RunningAgent, wanted: readonly Wanted[], slow: { withinMs: number }, client: Client): Promise<End[]> {
  const ends: End[] = []
  for (const { record, forecast } of wanted) {
    const id = String(record)
    const asked = await client.call('unlink', { params: { id }, body: { forecast } })
    ends.push('problem' in asked ? { end: 'refused', code: asked.problem.code } : await endOf(agent, record, asked.value, slow))
  }
  return ends
}

type Answered = { outcome: string; problem: { code: string } | null }

/** How it ended; on a slow day that comes after the answer. */
async function endOf(agent: RunningAgent, record: number, { outcome, problem }: Answered, slow: { withinMs: number }): Promise<End> {
  const code = problem?.code ?? null
  if (outcome !== 'under-way' && outcome !== 'asked') return { end: outcome, code }
  const state = () => agent.ledger.links('commitments').find((one) => one.record === record)?.state
  await agent.until('it has ended', () => state() !== 'unlinking', slow)
  return { end: state() === 'unlinked' ? 'unlinked' : 'refused', code }
}
