/** Tries what a connection would be set to, one named and timed step after the other. Writes nothing but a probe the folder's test takes away again. */
import { tmpdir } from 'node:os'
import type { ConnectionDraft, TestStepShape } from '../../shared/api/set-up.ts'
import { type Problem, problem, Trouble } from '../../shared/problem.ts'
import type { Knows } from '../connectors/connector.ts'
import { connectorOf } from '../connectors/index.ts'
import { readSettingsOf } from '../formats/format.ts'
import { identify } from '../formats/identify.ts'
import { openExport } from '../formats/open-export.ts'
import type { Client } from '../procore/client.ts'
import { clockLimitSeconds, clockOff } from '../procore/clock-off.ts'
import { companies } from '../procore/companies.ts'
import { procoreDoors, realClock } from '../procore/door.ts'
import { projects } from '../procore/projects.ts'
import type { ProcoreSettings } from '../procore/settings.ts'
import { vendors } from '../procore/vendors.ts'
import { toShape } from '../server/says.ts'

export type Tried = {
  draft: ConnectionDraft
  procore: ProcoreSettings
  knows: Knows
  /** How the files of a known connection are read; as by default for a new one. */
  reading: Record<string, unknown> | undefined
  /** Another connection whose exports lie in the same folder and go to another Procore. */
  mixedWith: string | null
  now: () => number
}

/** `wrong` and `note` tell a problem; `values` fill the step's own word. */
type Found = { values?: TestStepShape['values']; wrong?: Problem; note?: Problem }

/** Steps that need one that failed are left out: nothing is said of what was not tried. */
export async function testConnection(tried: Tried): Promise<TestStepShape[]> {
  const { draft, mixedWith } = tried
  const steps = await connectorSteps(tried)
  if (steps.every(isFine) && connectorOf(draft.connector)?.sample) steps.push(await timed('sample', () => sampleOf(tried)))
  const environment = await timed('environment', async () => environmentOf(draft, mixedWith))
  if (!isFine(environment)) return [...steps, environment]
  return [...steps, environment, await timed('clock', () => clockOf(tried)), ...(await procoreSteps(tried.procore))]
}

export const isFine = ({ state }: TestStepShape): boolean => state !== 'wrong'

async function connectorSteps({ draft, knows }: Tried): Promise<TestStepShape[]> {
  const connector = connectorOf(draft.connector)
  if (!connector) return []
  const found = await connector.test(draft.fields, knows)
  return found.map(({ name, ok, ms, values, problem: why }) => ({
    ...{ step: name, state: ok ? ('ok' as const) : ('wrong' as const), ms: Math.round(ms) },
    ...(values ? { values } : {}),
    ...(why ? { problem: toShape(why) } : {}),
  }))
}

async function procoreSteps(settings: ProcoreSettings): Promise<TestStepShape[]> {
  const client = procoreDoors({ fetch, clock: realClock }).doorFor(settings)
  const steps: TestStepShape[] = []
  for (const [name, look] of procoreLooks) {
    const step = await timed(name, () => look(client))
    steps.push(step)
    if (!isFine(step)) break
  }
  return steps
}

/** The first call logs in. */
const procoreLooks: readonly [string, (client: Client) => Promise<Found>][] = [
  ['company', companyOf],
  ['projects', projectsOf],
  ['directory', directoryOf],
]

async function companyOf(client: Client): Promise<Found> {
  const found = (await companies(client)).find(({ id }) => id === client.company)
  return found ? { values: { name: found.name } } : { wrong: problem('procore-not-connected') }
}

/** Those the app may see; others of the company it is told nothing of. */
async function projectsOf(client: Client): Promise<Found> {
  let count = 0
  let synced = 0
  for await (const page of projects.read(client, { project: null, anyProject: null }, {})) {
    count += page.length
    synced += page.filter(({ content }) => content['is_erp_integrated'] === true).length
  }
  return { values: { count, synced }, ...(count === 0 ? { note: problem('projects-none') } : {}) }
}

/** Whether companies may be read, and whether some are another system's already: by the first page. */
async function directoryOf(client: Client): Promise<Found> {
  for await (const page of vendors.read(client, { project: null, anyProject: null }, {})) {
    const held = page.filter(({ originId }) => originId !== null).length
    return { values: { count: page.length, held } }
  }
  return { values: { count: 0, held: 0 } }
}

/** What the newest file there would be read as. None is there yet, or no format knows it: for a person to know, and no reason to wait. */
async function sampleOf({ draft, reading }: Tried): Promise<Found> {
  const file = await connectorOf(draft.connector)?.sample?.(draft.fields)
  if (!file) return { values: { file: '', format: '' } }
  const opened = await openExport({ ...file, folder: tmpdir() }, readSettingsOf(reading))
  if ('code' in opened) return { note: opened }
  try {
    const found = identify(opened.path, file.name, opened.settings)
    return 'code' in found ? { note: found } : { values: { file: file.name, format: found.format.title } }
  } finally {
    opened.close()
  }
}

const environmentOf = ({ procore: { environment } }: ConnectionDraft, mixedWith: string | null): Found =>
  mixedWith === null ? { values: { environment } } : { wrong: problem('environment-mixed', { name: mixedWith }) }

async function clockOf({ procore: { loginBase }, now }: Tried): Promise<Found> {
  const seconds = await clockOff(loginBase, now)
  if (seconds === null || Math.abs(seconds) <= clockLimitSeconds) return { values: { seconds: seconds ?? 0 } }
  return { wrong: problem('clock-off', { seconds }) }
}

async function timed(step: string, look: () => Promise<Found>): Promise<TestStepShape> {
  const began = performance.now()
  const { wrong, note, values } = await look().catch((error: unknown): Found => ({ wrong: problemOf(error) }))
  const told = wrong ?? note
  return {
    ...{ step, state: wrong ? 'wrong' : note ? 'note' : 'ok', ms: Math.round(performance.now() - began) },
    ...(values ? { values } : {}),
    ...(told ? { problem: toShape({ ...told, params: { when: 'next-test', ...told.params } }) } : {}),
  }
}

const problemOf = (error: unknown): Problem =>
  error instanceof Trouble
    ? error.problem
    : problem('run-failed', { reason: error instanceof Error ? error.message : String(error), when: 'next-test' })
