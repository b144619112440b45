import { describe, expect, it } from 'vitest'
import { sayForecast as sayOnCommandLine } from '../../../agent/cli/say-forecast.ts'
import { systemOf, unlinkSettingsOf } from '../../../agent/settings/unlink.ts'
import { type Module, modules } from '../../../shared/erp/erp.ts'
import { erps, wayOf } from '../../../shared/erp/index.ts'
import type { ForecastShape } from '../../../shared/forecast.ts'
import { entities } from '../../../shared/item.ts'
import { wordsFor } from '../../../shared/words/index.ts'
import { languages } from '../../../shared/words/languages.ts'
import { sayForecast, sayStill } from '../../../shared/words/say-forecast.ts'
import { forecast, office, withOrders } from './office.ts'

/** The forecast of a change order the ERP still has. */
async function ofOrder(
  settings: Record<string, unknown>,
  status = 'Approved',
  owner: 'tieback' | 'procore' = 'tieback',
): Promise<ForecastShape> {
  const company = await office({ settings, owner })
  await withOrders(company, status, ['A', '1'])
  const said = forecast(company, 'A|1', 'commitment-cos')
  if (said === null) throw new Error('no forecast')
  return said
}
const english = (said: ForecastShape): string => sayForecast(said, 'Sage 300 CRE', wordsFor('en')).says
const pj = (projectManagement: Module) => ({ unlink: { projectManagement } })

describe('how an ERP’s copy is deleted', () => {
  const ways = erps.flatMap(({ id, ways: of }) => of.map(({ entity, words }) => [id, entity, `erase.${id}.${words}`] as const))

  it.each(ways)('is told for %s, %s, in every language in its own words', (_erp, _entity, key) => {
    const told = languages.map((language) => (wordsFor(language).texts as Record<string, string>)[key])
    expect(told.filter((text) => !text?.trim())).toEqual([])
    expect(new Set(told.filter((_, n) => !languages[n]?.startsWith('en'))).size).toBeGreaterThanOrEqual(3)
  })

  it('has no words for a way no ERP has', () => {
    const known = new Set(['erase.delete', 'erase.reverse', ...ways.map(([, , key]) => key)])
    expect(Object.keys(wordsFor('en').texts).filter((key) => key.startsWith('erase.') && !known.has(key))).toEqual([])
  })

  it('gives every kind of record of every ERP one way at most, and invents none where nothing is known', () => {
    const facts = entities.flatMap((entity) =>
      modules.flatMap((projectManagement) => [true, false].map((approved) => ({ entity, projectManagement, approved }))),
    )
    for (const one of facts) {
      expect(wayOf('other', one)).toBeNull()
      if (!['commitments', 'commitment-cos'].includes(one.entity)) expect(wayOf('sage-300-cre', one)).toBeNull()
      if (one.entity !== 'commitment-cos') expect(wayOf('acumatica', one)).toBeNull()
    }
  })

  it('is Sage 300 CRE’s, and of its Project Management nothing is known, unless a connection says otherwise', () => {
    expect([systemOf({}), unlinkSettingsOf({}).projectManagement]).toEqual(['sage-300-cre', 'unknown'])
    const named = ['Sage 300 CRE', 'Sage 300 Construction', 'QuickBooks', 'Sage 100 Contractor'].map((erp) => systemOf({ erp }))
    expect(named).toEqual(['sage-300-cre', 'sage-300-cre', 'other', 'other'])
    expect(systemOf({ erp: 'Books', system: 'acumatica' })).toBe('acumatica')
  })
})

describe('a forecast that finds the record still there', () => {
  it('says for a commitment where it is deleted, and that an export has to show it', async () => {
    const said = forecast(await office(), 'A')
    expect(said && english(said)).toMatch(/^Still in Sage 300 CRE as A, .* Delete it there first, in Job Cost; an export taken after that/)
  })

  it('says the same on the command line and in every language', async () => {
    const said = forecast(await office(), 'A') as ForecastShape
    expect(sayOnCommandLine(said, 'Sage 300 CRE')).toMatch(/^Not now\. Still in Sage 300 CRE as A, .* in Job Cost/)
    for (const language of languages) {
      const { says } = sayForecast(said, 'Sage 300 CRE', wordsFor(language))
      expect([language, says.includes('Job Cost'), says.includes('{')]).toEqual([language, true, false])
    }
  })

  it('says that an approved change order can only be reversed without Project Management, and how', async () => {
    const said = await ofOrder(pj('no'))
    expect([said.kind, said.code]).toEqual(['refused', 'still-there-reverse'])
    expect(english(said)).toContain('cannot be deleted there: enter one with the next free number')
  })

  it('says both ways while nobody has said whether Project Management is in use', async () => {
    const said = await ofOrder({})
    expect([said.kind, said.code]).toEqual(['refused', 'still-there'])
    expect(english(said)).toContain('With Project Management: delete it there first. Without')
  })

  it.each([
    ['of an approved change order with Project Management', pj('yes'), 'Approved'],
    ['of one that is not approved, with or without', pj('no'), 'Draft'],
  ])('says to delete it %s', async (_name, settings, status) => {
    const said = await ofOrder(settings, status)
    expect([said.code, english(said).includes('Delete it there first; an export taken')]).toEqual(['still-there', true])
  })

  it('says that Acumatica reverses change orders', async () => {
    const said = await ofOrder({ system: 'acumatica' })
    expect([said.code, english(said).includes('reverse this one first')]).toEqual(['still-there-reverse', true])
  })

  it('says no more than that it has to be deleted where nothing is known of the ERP', async () => {
    const said = await ofOrder({ system: 'other' })
    expect([said.code, said.params['how'], english(said).endsWith('. Delete it there first.')]).toEqual(['still-there', undefined, true])
  })

  it('keeps to what a connection was set to before its ERP was known', async () => {
    expect((await ofOrder({ unlink: { changeOrders: 'reverse' } })).code).toBe('still-there-reverse')
    expect((await ofOrder({ system: 'other', unlink: { changeOrders: 'reverse' } })).code).toBe('still-there-reverse')
    const said = await ofOrder({ unlink: { changeOrders: 'delete' } })
    expect([said.code, english(said).includes('Delete it there first; an export taken')]).toEqual(['still-there', true])
  })

  it.each([
    ['to delete', 'Approved', 'delete', 'still-there', /last seen .* in .*\. Delete it there first\.$/],
    ['to delete', 'Draft', 'delete', 'still-there', /last seen .* in .*\. Delete it there first\.$/],
    ['to reverse', 'Approved', 'reverse', 'still-there-reverse', /Change orders are reversed there: reverse this one first\./],
  ] as const)('keeps to it for Acumatica too: %s, of one that is %s', async (_name, status, changeOrders, code, says) => {
    const said = await ofOrder({ system: 'acumatica', unlink: { changeOrders } }, status)
    expect([said.code, english(said)]).toEqual([code, expect.stringMatching(says)])
  })

  it.each([
    ['Sage 300 CRE', pj('no'), /units and amount negated\. It stays in .* an admin can then unlink it all the same, with a reason\.$/],
    [
      'Acumatica',
      { system: 'acumatica' },
      /reverse this one first\. It stays in .* an admin can then unlink it all the same, with a reason\.$/,
    ],
    [
      'an ERP nothing is known of',
      { system: 'other', unlink: { changeOrders: 'reverse' } },
      /opposite amount\. It stays in .* an admin can then/,
    ],
  ])('says for %s what is to be done once it is reversed: the exports never lack it', async (_erp, settings, says) => {
    expect(english(await ofOrder(settings))).toMatch(says)
  })

  it.each([
    [
      'Sage 300 CRE',
      pj('no'),
      /Procore will refuse\. Without Project .* negated\. It stays in .*, and Procore’s own Unlink goes on refusing\.$/,
    ],
    ['Acumatica', { system: 'acumatica' }, /Procore will refuse\. Change orders are reversed there: .* try Procore’s own Unlink then\.$/],
    [
      'an ERP nothing is known of',
      { system: 'other', unlink: { changeOrders: 'reverse' } },
      /Procore will refuse\. An approved change order cannot be deleted there: .* try Procore’s own Unlink then\.$/,
    ],
  ])('promises no override of what Procore’s own connector holds, with %s', async (_erp, settings, says) => {
    const said = await ofOrder(settings, 'Approved', 'procore')
    expect([said.code, english(said)]).toEqual(['procore-there', expect.stringMatching(says)])
    for (const language of languages) expect(sayForecast(said, 'Books', wordsFor(language)).says).not.toMatch(/admin/i)
  })

  it('asks nobody to delete what can only be reversed, in any language', async () => {
    const told = [await ofOrder(pj('no')), await ofOrder(pj('no'), 'Approved', 'procore')]
    for (const language of languages)
      for (const said of told)
        expect(sayStill(said, 'commitment-change-order', wordsFor(language))).toBe(wordsFor(language).texts['still.reverse'])
    const texts = languages.map((language) => wordsFor(language).texts['still.reverse'])
    expect(texts.filter((text) => /please delete|bitte|veuillez|elimíne/i.test(text))).toEqual([])
  })

  it('says in red what Procore says of what can be deleted, and nothing in red of what is gone', async () => {
    const said = await ofOrder({ system: 'other' })
    expect(sayStill(said, 'commitment-change-order', wordsFor('en'))).toBe('The CCO is still in ERP. Please delete it before retrying.')
    expect(sayStill({ code: 'gone', params: {} }, 'commitment-change-order', wordsFor('en'))).toBeNull()
  })

  it('says what comes after a reversal of an agent that does not say it', () => {
    const params = { key: 'A|1', asOf: '2026-11-20T06:00:00Z', file: 'a.csv' }
    const said = { id: '', kind: 'refused', code: 'still-there-reverse', rests: null, params }
    expect(english(said)).toMatch(/opposite amount\. It stays in Sage 300 CRE even so; an admin can/)
  })

  it('says it of an agent that names no way, and of a way this version does not know', () => {
    const said = { kind: 'refused', code: 'still-there', params: { key: 'A', asOf: '2026-11-20T06:00:00Z', file: 'a.csv' } }
    for (const params of [said.params, { ...said.params, how: 'of-an-erp-nobody-knows' }])
      expect(english({ ...said, id: '', rests: null, params })).toMatch(/in a\.csv\. Delete it there first\.$/)
  })

  it('says it too where Procore’s own connector holds the link', async () => {
    const company = await office({ owner: 'procore' })
    const said = forecast(company, 'A')
    expect(said?.code).toBe('procore-there')
    expect(said && english(said)).toContain('Procore will refuse. Delete it there first, in Job Cost')
  })
})

describe('the command line', () => {
  it.each([
    ['ready', 'gone', ' Money was invoiced or paid on it. Say why: --reason.'],
    ['left-with-job', 'with-job', ' shall be unlinked. Say why: --reason.'],
  ])('says what a reason is wanted for: %s', (kind, code, ends) => {
    const params = { key: 'A', since: '2026-11-20T06:00:00Z', file: 'a.csv', job: 'J' }
    const [wanted, free] = [true, false].map((reason) => sayOnCommandLine({ kind, code, params, reason }, 'Books'))
    expect([wanted?.endsWith(ends), free?.includes('--reason')]).toEqual([true, false])
  })
})
