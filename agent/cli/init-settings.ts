/** A connection's settings as `init` was told them, over those it has. */
import { readFile } from 'node:fs/promises'
import type { Mapping } from '../formats/format.ts'
import { mappingsOf } from '../formats/mapping.ts'
import { connectionSettings } from '../settings/connection.ts'
import { readMoneySetting } from '../settings/money-settings.ts'
import { type CliContext, textOf, UsageFault } from './command.ts'
import type { Stored } from './init-known.ts'

type Values = CliContext['values']

/** The flags that say a setting and nothing else; `init` asks nobody for them. */
export const settingFlags = {
  'client-secret': { type: 'string' },
  'api-base': { type: 'string' },
  'login-base': { type: 'string' },
  share: { type: 'boolean' },
  'no-share': { type: 'boolean' },
  system: { type: 'string' },
  'project-management': { type: 'string' },
  'procore-needs-minutes': { type: 'string' },
  'change-orders': { type: 'string' },
  'reason-when-invoiced': { type: 'string' },
  reading: { type: 'string' },
  mapping: { type: 'string', multiple: true },
  setting: { type: 'string', multiple: true },
} as const

type Given = Record<'name' | 'erp' | 'folder' | 'procore-name' | 'environment' | 'client-id', string>

/** Only what is said changes. Throws a UsageFault naming what cannot be used. */
export async function settingsOf(given: Given, values: Values, known: Stored | null): Promise<Stored> {
  const had = (section: string): Stored => (known?.[section] ?? {}) as Stored
  const system = textOf(values, 'system')
  const [reading, unlink] = [await readingOf(values, had('reading')), unlinkOf(values, had('unlink'))]
  const settings = {
    ...known,
    ...{ erp: given.erp, companyName: given['procore-name'] },
    ...(system === undefined ? {} : { system }),
    connector: connectorOf(values, given.folder, had('connector')),
    ...sectionOf('reading', reading),
    ...sectionOf('unlink', unlink),
    ...moneyOf(values),
    procore: procoreOf(given, values, had('procore')),
  }
  const parsed = connectionSettings.safeParse(settings)
  if (parsed.success) return settings
  throw new UsageFault(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
}

/** What was said of amounts and codes; `undefined` takes away what was there. */
function moneyOf(values: Values): Stored {
  const said = [values['setting'] ?? []].flat().map((one) => readMoneySetting(String(one)))
  for (const one of said) if ('wrong' in one) throw new UsageFault(`--setting: ${one.wrong}`)
  return Object.fromEntries(said.flatMap((one) => ('name' in one ? [[one.name, one.value]] : [])))
}

/** A section nothing is left of is left out; `undefined` takes away what was there. */
const sectionOf = (name: string, section: Stored): Stored => ({ [name]: Object.keys(section).length > 0 ? section : undefined })

function connectorOf(values: Values, path: string, had: Stored): Stored {
  if (values['share'] === true && values['no-share'] === true) throw new UsageFault('--share and --no-share say the opposite.')
  const { share, ...rest } = had
  const shared = values['no-share'] === true ? undefined : values['share'] === true || share
  return { ...rest, path, ...(shared ? { share: shared } : {}) }
}

/** By name, and mappings by entity: `null` takes one away, so that files are read as by default again. */
async function readingOf(values: Values, had: Stored): Promise<Stored> {
  const said = jsonOf(textOf(values, 'reading') ?? '{}', '--reading')
  const mapped = (await Promise.all([values['mapping'] ?? []].flat().map((path) => mappingsIn(String(path))))).flat()
  const reading = { ...had, ...said }
  const kept = ((reading['mappings'] ?? []) as Mapping[]).filter(({ entity }) => !mapped.some((one) => one.entity === entity))
  const mappings = mapped.length > 0 ? { mappings: [...kept, ...mapped] } : {}
  return Object.fromEntries(Object.entries({ ...reading, ...mappings }).filter(([, value]) => value !== null))
}

function unlinkOf(values: Values, had: Stored): Stored {
  const projectManagement = textOf(values, 'project-management')
  const changeOrders = oneOf(values, 'change-orders', { delete: 'delete', reverse: 'reverse', 'as-known': undefined })
  const reasonWhenInvoiced = oneOf(values, 'reason-when-invoiced', { yes: true, no: false })
  const minutes = textOf(values, 'procore-needs-minutes')
  const unlink = {
    ...had,
    ...(projectManagement === undefined ? {} : { projectManagement }),
    ...(minutes === undefined ? {} : { procoreNeedsMinutes: minutesOf(minutes) }),
    ...(changeOrders && { changeOrders: changeOrders.means }),
    ...(reasonWhenInvoiced && { reasonWhenInvoiced: reasonWhenInvoiced.means }),
  }
  return Object.fromEntries(Object.entries(unlink).filter(([, value]) => value !== undefined))
}

function oneOf<T>(values: Values, flag: string, words: Record<string, T>): { means: T } | null {
  const said = textOf(values, flag)
  if (said === undefined) return null
  if (!Object.hasOwn(words, said)) throw new UsageFault(`--${flag} is one of ${Object.keys(words).join(', ')}.`)
  return { means: words[said] as T }
}

function minutesOf(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new UsageFault('--procore-needs-minutes takes whole minutes.')
  return Number(text)
}

function procoreOf(given: Given, values: Values, had: Stored): Stored {
  const { custom: before, ...rest } = had
  const [apiBase, loginBase] = [textOf(values, 'api-base'), textOf(values, 'login-base')]
  const custom = { ...(before as Stored | undefined), ...(apiBase && { apiBase }), ...(loginBase && { loginBase }) }
  return {
    ...{ credential: `procore:${given.name}`, ...rest, environment: given.environment, clientId: given['client-id'] },
    ...(given.environment === 'custom' ? { custom } : {}),
  }
}

async function mappingsIn(path: string): Promise<Mapping[]> {
  const read = mappingsOf(jsonOf(await readFile(path, 'utf8'), path))
  if ('wrong' in read) throw new UsageFault(`${path}: ${read.wrong}`)
  return read.mappings
}

function jsonOf(text: string, where: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (cause) {
    throw Object.assign(new UsageFault(`${where} is no JSON: ${String(cause)}`), { cause })
  }
}
