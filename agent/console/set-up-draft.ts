/** What stands in the form, as the agent takes it, and the fields it has. */
import type { AskedDraft, ConnectorFieldShape } from '../../shared/api/set-up.ts'
import type { Values } from './set-up-fields.tsx'

const text = (name: string, mandatory: boolean): ConnectorFieldShape => ({ name, type: 'text', mandatory })
const choice = (name: string, choices: string[]): ConnectorFieldShape => ({ name, type: 'choice', mandatory: true, choices })

const environments = ['production', 'sandbox', 'monthly', 'custom']
/** Links hang on these: of a known connection they are shown and stay (shared/PROTOCOL.md, changeConnection). */
const forGood = new Set(['name', 'connector', 'erpCompany', 'owner', 'company', 'environment'])

/** The form's fields in its two groups; `known`: of a connection that is there. */
export function formFields({ connectors, own, environment, known, arrived }: FormFacts): {
  erp: ConnectorFieldShape[]
  procore: ConnectorFieldShape[]
} {
  const addresses = environment === 'custom' ? [text('apiBase', true), text('loginBase', true)] : []
  const secret: ConnectorFieldShape = { name: 'secret', type: 'secret', mandatory: !known }
  const erp = [
    ...[text('name', true), text('description', false), choice('connector', connectors), text('erp', true), text('erpCompany', true)],
    ...own,
    choice('owner', ['tieback', 'procore']),
  ]
  const procore = [
    choice('environment', environments),
    ...addresses,
    text('company', true),
    text('companyName', true),
    ...(arrived ? [] : [text('clientId', true), secret]),
  ]
  const shown = (field: ConnectorFieldShape) => {
    if (!known) return field
    if (forGood.has(field.name)) return { ...field, readOnly: true }
    return field.type === 'secret' ? { ...field, mandatory: false } : field
  }
  return { erp: erp.map(shown), procore: procore.map(shown) }
}

/** `arrived`: id and secret came by a sheet, and are not asked for. */
type FormFacts = { connectors: string[]; own: readonly ConnectorFieldShape[]; environment: string; known: boolean; arrived: boolean }

/** What stands in a new form. */
export const firstValues = (connector: string, own: readonly ConnectorFieldShape[]): Values => ({
  ...{ connector, erp: 'Sage 300 CRE', owner: 'tieback', environment: 'production' },
  ...defaultsOf(own),
})

const defaultsOf = (own: readonly ConnectorFieldShape[]): Values =>
  Object.fromEntries(own.flatMap(({ name, default: usual }) => (usual === undefined ? [] : [[name, inForm(usual)]])))

/** Another connector brings its own usual values; what was filled in stays. */
export const withConnector = (values: Values, connector: string | boolean, own: readonly ConnectorFieldShape[]): Values => ({
  ...{ ...defaultsOf(own), ...values, connector },
})

/** What stands in the form of a connection that is there, or was begun; its secret does not. */
export function valuesOf({ fields, procore, ...rest }: AskedDraft, own: readonly ConnectorFieldShape[]): Values {
  const said = Object.entries({ ...rest, ...procore, ...fields }).map(([name, value]) => [name, inForm(value)])
  return { ...defaultsOf(own), ...Object.fromEntries(said) }
}

const inForm = (value: string | number | boolean): string | boolean => (typeof value === 'number' ? String(value) : value)

/** What is empty is left out. `handOver`: the sheet by which id and secret arrived. */
export function draftOf(values: Values, own: readonly ConnectorFieldShape[], handOver: string | null): AskedDraft {
  const said = (name: string): string => String(values[name] ?? '').trim()
  const filled = (...names: string[]) => Object.fromEntries(names.flatMap((name) => (said(name) === '' ? [] : [[name, said(name)]])))
  const fields = own.flatMap(({ name, type }): [string, string | number | boolean][] => {
    if (type === 'flag') return [[name, values[name] === true]]
    if (said(name) === '') return []
    return [[name, type === 'number' ? Number(said(name)) : said(name)]]
  })
  const environment = said('environment') as AskedDraft['procore']['environment']
  return {
    ...{ name: said('name'), connector: said('connector'), erp: said('erp'), erpCompany: said('erpCompany') },
    ...filled('description'),
    owner: said('owner') as AskedDraft['owner'],
    fields: Object.fromEntries(fields),
    procore: {
      ...{ environment, company: said('company'), companyName: said('companyName') },
      ...(handOver === null ? filled('clientId', 'secret') : { handOver }),
      ...filled(...(environment === 'custom' ? ['apiBase', 'loginBase'] : [])),
    },
  }
}
