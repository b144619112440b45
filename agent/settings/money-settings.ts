/** What only the office can say of its amounts and codes: settings of a connection by name, each with what it may be. Read by items/ and ledger/. */

type Allowed = { of: string; takes: RegExp; means: string; number?: true }

const oneOf = (...values: string[]): Pick<Allowed, 'takes' | 'means'> => ({
  takes: new RegExp(`^(?:${values.join('|')})$`),
  means: values.join(', '),
})

/** `*`: a code of the ERP or a transaction type, as the exports write it. Values of Procore's own fields: procore-api.md 5.2 (2026-06). */
export const moneySettings: readonly Allowed[] = [
  { of: 'amounts.tax', ...oneOf('net', 'gross', 'unknown') },
  { of: 'amounts.holdback', ...oneOf('in', 'out', 'unknown') },
  { of: 'tax-rate', ...oneOf('percent', 'unknown') },
  { of: 'standard-cost-code-list', takes: /^[1-9]\d{0,18}$/, means: 'the id of a standard cost code list in Procore' },
  { of: 'base-type.*', ...oneOf('equipment', 'materials', 'commitment', 'owner_cost', 'professional_services', 'other') },
  { of: 'direct-cost-type.*', ...oneOf('invoice', 'expense', 'payroll') },
  { of: 'direct-cost-status', ...oneOf('draft', 'pending', 'revise_and_resubmit', 'approved') },
  { of: 'blast-radius.share', takes: /^(?:0(?:\.\d+)?|1)$/, means: 'a share from 0 to 1', number: true },
  { of: 'blast-radius.floor', takes: /^\d{1,7}$/, means: 'a number of records', number: true },
]

/** The setting a name is, or why it is none. */
const settingNamed = (name: string): Allowed | undefined =>
  moneySettings.find(({ of }) => (of.endsWith('*') ? name.startsWith(of.slice(0, -1)) && name.length >= of.length : name === of))

/** `name=value` as a person says it; an empty value takes the setting away. What is wrong with it is said with what it may be. */
export function readMoneySetting(said: string): { name: string; value: string | number | undefined } | { wrong: string } {
  const at = said.indexOf('=')
  const [name, text] = at < 0 ? [said, null] : [said.slice(0, at), said.slice(at + 1)]
  const setting = settingNamed(name)
  if (!setting) return { wrong: `“${name}” is no setting. Settings: ${moneySettings.map(({ of }) => of).join(', ')}.` }
  if (text === '') return { name, value: undefined }
  if (text === null || !setting.takes.test(text)) return { wrong: `${name}=… takes ${setting.means}; nothing behind the = takes it away.` }
  return { name, value: setting.number ? Number(text) : text }
}
