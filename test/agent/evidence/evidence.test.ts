import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidence } from '../../../agent/evidence/evidence.ts'
import { html } from '../../../agent/evidence/markup.ts'
import { kinds } from '../../../agent/items/index.ts'
import type { AskEvidence } from '../../../agent/server/agent.ts'
import { askUnlink } from '../../../agent/unlink/ask-unlink.ts'
import { wordsFor } from '../../../shared/words/index.ts'
import { languages } from '../../../shared/words/languages.ts'
import { isSource, text, tracked } from '../../structure/sources.ts'
import { openCompany, type TestCompany, vendorsCsv } from '../ledger/company.ts'
import { csv, forecast, office } from '../unlink/office.ts'

const evil = `<script>alert(1)</script><img src=x onerror="alert('1')">&amp;`
const made = { at: Date.parse('2026-11-23T09:00:00Z'), by: evil, agent: 'Practice server', version: '0.1.0' }
const pageOf = (company: TestCompany, ask: AskEvidence, locale = 'en') => evidence(company.raw, kinds, ask, wordsFor(locale), made) ?? ''
const linkOf = (company: TestCompany, entity: 'vendors' | 'commitments', key: string): AskEvidence => ({
  link: { record: company.links(entity).find((link) => link.key === key)?.record ?? 0 },
})
/** What a reader sees. */
const seen = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

/** Commitment A is still in the ERP, and an admin unlinks it all the same. */
async function overridden(): Promise<TestCompany> {
  const company = await office()
  company.raw
    .prepare("insert into people (id, name, email, role, approver, created_at) values (4, 'Ada', 'ada@example.com', 'admin', 1, 1)")
    .run()
  const record = company.links('commitments').find(({ key }) => key === 'A')?.record ?? 0
  const ask = { record, forecast: forecast(company, 'A')?.id ?? '', reason: 'entered twice by mistake', override: true }
  await company.transact((tx) => askUnlink(tx, kinds, { ...ask, by: { person: 4, origin: 'chrome-extension://x' } }))
  return company
}

describe('the page of a link', () => {
  it('holds both sides as of when, file, hash and line, who decided what on which forecast and why, the history, and the proof', async () => {
    const company = await overridden()
    const told = seen(pageOf(company, linkOf(company, 'commitments', 'A')))
    const [file] = company.rows("select sha256 from export_files where name = 'commitments.csv'")
    expect(told).toContain(`commitments.csv, line 2 SHA-256 ${file?.['sha256']}`)
    expect(told).toMatch(/Procore – As of [A-Z]\w+ \d+, \d{4}/)
    expect(told).toMatch(
      /Unlink asked for against the forecast Ada ada@example\.com chrome-extension:\/\/x Not now\. Still in .* as A, last seen/,
    )
    expect(told).toContain('entered twice by mistake')
    expect(told).toMatch(/Not compared → Unlinking… \(unlinked by a person\) Ada/)
    expect(told).toMatch(/All \d+ acts follow from each other\. Last hash: [0-9a-f]{64}/)
  })

  it('names the browser, among the decisions and in the history', async () => {
    const company = await office()
    company.raw.exec(`insert into people (id, name, email, role, approver, created_at) values (4, 'Ada', 'ada@example.com', 'admin', 1, 1);
      insert into keys (id, person, thumbprint, jwk, origin, label, created_at) values (7, 4, 't', '{}', 'chrome-extension://x', 'Chrome <at> home', 1)`)
    const record = company.links('commitments').find(({ key }) => key === 'A')?.record ?? 0
    const ask = { record, forecast: forecast(company, 'A')?.id ?? '', reason: 'entered twice by mistake', override: true }
    await company.transact((tx) => askUnlink(tx, kinds, { ...ask, by: { person: 4, origin: 'chrome-extension://x', key: 7 } }))
    const told = seen(pageOf(company, linkOf(company, 'commitments', 'A')))
    expect(told).toMatch(/Ada ada@example\.com Chrome &lt;at&gt; home \(7\) chrome-extension:\/\/x Not now/)
    expect(told).toMatch(/Ada Chrome &lt;at&gt; home \(7\)(?! chrome)/)
  })

  it('says so where another program changed the log', async () => {
    const company = await overridden()
    company.raw.exec(`update audit set after = '{"reason":' where act = 'unlink-overridden'`)
    const told = seen(pageOf(company, linkOf(company, 'commitments', 'A')))
    expect(told).toMatch(/Act \d+ \(.*\) does not follow from the \d+ before it/)
  })

  it.each(languages)('is told in %s, and nothing of it is left unsaid', async (language) => {
    const company = await overridden()
    const page = pageOf(company, linkOf(company, 'commitments', 'A'), language)
    expect(page).toContain(`<html lang="${language}">`)
    expect(seen(page)).toContain(wordsFor(language).texts['evidence.decisions'].replace("'", '&#39;'))
    expect(seen(page)).not.toMatch(/\{\w+\}|undefined|\[object|NaN/)
  })
})

describe('text that is markup', () => {
  it('never becomes any, wherever it stands', async () => {
    const company = await openCompany({ settings: { erp: evil } })
    const quoted = `"${evil.replaceAll('"', '""')}"`
    company.raw
      .prepare('insert into people (id, name, email, role, approver, created_at) values (4, ?, ?, ?, 1, 1)')
      .run(evil, evil, 'admin')
    company.raw.prepare('update connections set erp_company = ?').run(evil)
    await company.drop('vendors.csv', vendorsCsv([quoted, quoted, quoted, quoted]))
    await company.seen('vendor', [{ id: '1', content: { name: evil, city: evil } }])
    company.raw.prepare('update export_files set name = ?, sha256 = ?').run(evil, evil)
    const [link] = company.links('vendors')
    const by = { person: 4, origin: evil }
    const confirm = { record: link?.record ?? 0, item: { type: 'vendor', id: '1' }, by } as const
    await company.transact((tx) => company.command.confirmMatch(tx, confirm))
    await company.transact((tx) => tx.audit({ ...by, act: evil, subject: evil, before: { reason: evil }, after: { reason: evil } }))
    await company.transact((tx) => tx.audit({ ...by, act: 'x', subject: `link:${link?.record}`, after: { reason: evil } }))
    const run = Number(company.rows('select max(id) as id from runs')[0]?.['id'])
    const all: AskEvidence[] = [{ link: { record: link?.record ?? 0 } }, { run }, { from: 0, to: Number.MAX_SAFE_INTEGER / 2 }]
    for (const ask of all) {
      const page = pageOf(company, ask)
      expect(page).toContain('&lt;script&gt;alert(1)')
      const tags = new Set([...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => name))
      expect([...tags].filter((tag) => !known.includes(tag ?? ''))).toEqual([])
      expect(page.match(/<(?!\/?[a-z]|!doctype)/gi)).toBeNull()
      expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`.replaceAll("'", '&#39;'))
    }
  })

  it('is shown sign by sign, in 2,000 cases', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = String(html`<td title="${text}">${text}</td>`)
        const filledIn = shown.replace(/^<td title="/, '').replace(/<\/td>$/, '')
        expect(filledIn.match(/[<>"]/g)).toEqual(['"', '>'])
      }),
      { numRuns: 2_000, seed: 2 },
    ))
})

const known = [
  ...['html', 'head', 'meta', 'title', 'style', 'body', 'h1', 'h2', 'p', 'br', 'section'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'code'],
]

describe('the page of a run, and of some days', () => {
  it('tells its file and every link that moved', async () => {
    const company = await office()
    await company.drop('commitments.csv', csv('B', 'C'))
    const run = Number(company.rows("select id from runs where kind = 'file' order by id desc limit 1")[0]?.['id'])
    const [file] = company.rows('select sha256 from export_files order by id desc limit 1')
    const told = seen(pageOf(company, { run }))
    expect(told).toContain(`commitments.csv SHA-256 ${file?.['sha256']}`)
    expect(told).toContain('All')
    expect(evidence(company.raw, kinds, { run: 999 }, wordsFor('en'), made)).toBeNull()
  })
  it('tells every act of these days, and none of others', async () => {
    const company = await overridden()
    const [act] = company.rows("select at from audit where act = 'unlink-overridden'")
    const at = Number(act?.['at'])
    expect(seen(pageOf(company, { from: at, to: at + 1 }))).toContain('Unlink asked for against the forecast')
    expect(seen(pageOf(company, { from: at + 1, to: at + 2 }))).toContain('Acts None.')
  })
})

it('has words for every act anybody can do', () => {
  const sources = tracked().filter((path) => path.startsWith('agent/') && isSource(path))
  const acts = sources.flatMap((path) =>
    [...text(path).matchAll(/\b(?:audit|storeAct)\([^;]*?\bact: ([^,}]*)/g)].flatMap(([, said]) =>
      [...(said ?? '').matchAll(/'([a-z]+-[a-z-]+|archived)'/g)].map(([, act]) => act ?? ''),
    ),
  )
  expect(new Set(acts).size).toBeGreaterThan(15)
  for (const language of languages) {
    const texts = wordsFor(language).texts as Record<string, string>
    expect(acts.filter((act) => !texts[`act.${act}`])).toEqual([])
  }
})
