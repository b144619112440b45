import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toolOf } from '../../../agent/procore/tools.ts'
import type { HandedIn } from '../../../agent/set-up/hand-overs.ts'
import { exchange, type Wire } from '../../../shared/agent-link/exchange.ts'
import type { AskedDraft } from '../../../shared/api/set-up.ts'
import type { AnswerOf } from '../../../shared/api.ts'
import { entities } from '../../../shared/item.ts'
import { codeLetters } from '../../../shared/pairing.ts'
import { reaches } from '../../support/reaches.ts'
import { codeOf, makeWire, ownPageWire, pairedClient, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
beforeEach(async () => {
  made = await makeAgent()
})
afterEach(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

const draft: AskedDraft = {
  ...{ name: 'Second books', connector: 'http', erp: 'Sage 300 CRE', erpCompany: 'Practice Civil', owner: 'tieback' },
  fields: { url: 'https://erp.example', key: 'own-key-7' },
  procore: { company: '4711', companyName: 'Practice Builders', environment: 'production', secret: 'typed-by-mistake' },
}
const given: HandedIn = { clientId: 'client-id-77', secret: 'secret-88 <b>&"\'</b>' }
const by = { person: 1, origin: 'test' }
type Sheet = AnswerOf<'makeHandOver'>
type Said = { status: number; code: string; why?: string; answer: Record<string, unknown> }

const admin = async () => pairedClient(made.url, await made.code('admin', null, 'root@example.com'), await makeWire())
const sheetOf = async (client: Awaited<ReturnType<typeof admin>>, of: AskedDraft = draft, id?: string): Promise<Sheet> =>
  told(await client.call('makeHandOver', { body: { draft: of, ...(id === undefined ? {} : { id }) } }))
const wrong = ({ code }: Sheet): string => `${code.startsWith('2') ? '3' : '2'}${code.slice(1)}`

/** What the Procore admin's browser sends; one on a computer of its own unless told. */
async function post(wire: Wire, path: string, body: object): Promise<Said> {
  const { status, text } = await exchange(wire, new Map(), {
    method: 'POST',
    address: made.url,
    path,
    query: '',
    body: JSON.stringify(body),
  })
  const answer = JSON.parse(text) as Record<string, unknown> & { code?: string; params?: { why?: string; reason?: string } }
  const why = answer.params?.why ?? answer.params?.reason
  return { status, code: answer.code ?? 'no problem', answer, ...(why === undefined ? {} : { why }) }
}
const handIn = async ({ id, code }: Pick<Sheet, 'id' | 'code'>, more: object = {}, wire?: Wire): Promise<Said> =>
  post(wire ?? (await ownPageWire(made.url)), `/hand-overs/${id}/hand-in`, { code, ...given, ...more })
const look = async ({ id, code }: Pick<Sheet, 'id' | 'code'>): Promise<Said> =>
  post(await ownPageWire(made.url), `/hand-overs/${id}/look`, { code })

const acts = () =>
  made.agent.reader.raw
    .prepare("select act, person, after from audit where subject like 'hand-over:%' order by id")
    .all()
    .map(({ act, person, after }) => ({ act, person, after: after === null ? null : JSON.parse(String(after)) }))
const stored = () => [...made.secrets].map(([name, value]) => [name, JSON.parse(value)])
const handedIn = (id: string, of: AskedDraft = draft, connection?: number) =>
  made.handOvers.handedIn({ ...of, procore: { ...of.procore, handOver: id } }, connection)

const refusalOf = (found: Awaited<ReturnType<typeof handedIn>>): string => ('refused' in found ? found.refused.code : 'no problem')

describe('a sheet for the Procore admin', () => {
  it('takes id and secret by its code, tells nobody what they are, and says when and from where they arrived', async () => {
    const root = await admin()
    const sheet = await sheetOf(root)
    expect([...sheet.code].every((letter) => codeLetters.includes(letter))).toBe(true)
    expect(Date.parse(sheet.until) - made.clock.ms).toBe(24 * 3_600_000)
    expect([sheet.address, sheet.here]).toEqual(['http://127.0.0.1:4711', true])
    expect((await look(sheet)).answer).toMatchObject({ agent: 'Practice server', name: 'Second books', company: '4711' })
    expect(told(await root.call('handOvers')).handOvers).toMatchObject([{ id: sheet.id, state: 'waiting', arrived: null, person: 'Ada' }])

    const said = await handIn(sheet)
    expect([said.status, said.answer]).toEqual([200, { arrived: new Date(made.clock.ms).toISOString() }])
    expect(stored()).toEqual([[`hand-over:${sheet.id}`, given]])
    const [open] = told(await root.call('handOvers')).handOvers
    expect(open).toMatchObject({ state: 'arrived', arrived: { at: new Date(made.clock.ms).toISOString(), from: '127.0.0.1' } })
    expect(await handedIn(sheet.id)).toEqual({ ok: given })

    expect(acts().map(({ act, person }) => [act, person])).toEqual([
      ['hand-over-made', expect.any(Number)],
      ['hand-over-arrived', null],
    ])
    const { raw } = made.agent.reader
    const written = JSON.stringify([raw.prepare('select * from audit').all(), raw.prepare('select * from hand_overs').all(), open])
    for (const secret of [given.clientId, 'secret-88', sheet.code, 'own-key-7', 'typed-by-mistake']) expect(written).not.toContain(secret)
  })

  it('names the tools of what is ticked, and more of them where something may be written', async () => {
    const root = await admin()
    const books = { ...draft, name: 'Books' }
    const id = await made.connection()
    await made.link(id, { entity: 'jobs', key: 'J1', type: 'project', id: '88', state: 'synced' })
    const { tools, projects } = await sheetOf(root, books, String(id))
    expect(tools.map(({ name, of, level, levelToWrite }) => [name, of, level, levelToWrite])).toEqual([
      ['Directory', 'both', 'Read Only', 'Admin'],
      ['Portfolio', 'company', 'Read Only', 'Admin'],
      ['Admin', 'both', 'Read Only', 'Admin'],
      ['Commitments', 'project', 'Read Only', 'Admin'],
      ['Change Orders', 'project', 'Read Only', 'Admin'],
      ['Prime Contracts', 'project', 'Read Only', 'Admin'],
      ['Direct Costs', 'project', 'Read Only', 'Admin'],
    ])
    expect(tools.flatMap(({ entities: of }) => of).sort()).toEqual([...entities].sort())
    expect(projects).toEqual(['88'])

    await made.agent.write('setWriting', { connection: id, entity: 'commitments', writing: true, by })
    const ticks = Object.fromEntries(Object.entries((await made.agent.mappings()).of(id)?.ticks ?? {}))
    for (const [entity, tick] of Object.entries(ticks)) tick.on = entity === 'commitments'
    const saved = await (await made.agent.mappings()).save(id, { basedOn: 0, ticks }, by)
    expect(saved).toMatchObject({ ok: { version: 1 } })
    expect((await sheetOf(root, books, String(id))).tools.map(({ name, level }) => [name, level])).toEqual([
      ['Directory', 'Read Only'],
      ['Portfolio', 'Read Only'],
      ['Commitments', 'Admin'],
    ])
  })

  it('knows a tool for every kind of record', () => {
    expect(Object.keys(toolOf).sort()).toEqual([...entities].sort())
  })

  it('is made, listed and withdrawn by admins alone', async () => {
    const other = await pairedClient(made.url, await made.code('accountant'), await makeWire())
    expect(codeOf(await other.call('handOvers'))).toBe('role-missing')
    expect(codeOf(await other.call('makeHandOver', { body: { draft } }))).toBe('role-missing')
    expect(codeOf(await other.call('withdrawHandOver', { params: { id: '1' } }))).toBe('role-missing')
  })

  it('is for a connection as it is, and for one there is', async () => {
    const root = await admin()
    const id = await made.connection()
    reaches('hand-over-other', codeOf(await root.call('makeHandOver', { body: { id: String(id), draft } })))
    expect(codeOf(await root.call('makeHandOver', { body: { id: '99', draft } }))).toBe('request-refused')
  })
})

describe('a code', () => {
  it('that is wrong tells nothing, counts, and ends its sheet with the fifth', async () => {
    const root = await admin()
    const sheet = await sheetOf(root)
    reaches('hand-over-code', (await handIn({ ...sheet, code: wrong(sheet) })).code)
    expect((await look({ id: 'none', code: sheet.code })).code).toBe('hand-over-code')
    expect((await look({ ...sheet, code: '' })).code).toBe('hand-over-code')
    made.clock.ms += 120_001 // another computer, so to speak: this one waits after five
    for (let n = 0; n < 3; n++) await handIn({ ...sheet, code: wrong(sheet) })
    const right = await handIn(sheet)
    reaches('hand-over-ended', right.code)
    expect([right.status, right.why]).toEqual([409, 'locked'])
    expect(stored()).toEqual([])
    expect(told(await root.call('handOvers')).handOvers[0]?.state).toBe('locked')
    expect(acts().map(({ act, after }) => [act, after?.tries])).toEqual([
      ['hand-over-made', undefined],
      ...[1, 2, 3, 4, 5].map((tries) => ['hand-over-missed', tries]),
    ])
  })

  it('is tried five times from one address, then that waits two minutes', async () => {
    const sheet = await sheetOf(await admin())
    for (let n = 0; n < 5; n++) expect((await look({ id: '99', code: 'ABCDEFGH' })).status).toBe(403)
    expect((await handIn(sheet)).status).toBe(429)
    made.clock.ms += 120_001
    expect((await handIn(sheet)).code).toBe('no problem')
  })

  it('serves once, for a day, until there is a newer one or it is withdrawn; whoever has it is told which', async () => {
    const root = await admin()
    const used = await sheetOf(root)
    await handIn(used)
    expect([await handIn(used), await look(used)].map(({ why }) => why)).toEqual(['arrived', 'arrived'])
    const late = await sheetOf(root)
    expect((await handIn(used)).why).toBe('replaced')
    expect(stored()).toEqual([])
    made.clock.ms += 24 * 3_600_000
    expect((await handIn(late)).why).toBe('expired')
    expect(told(await root.call('handOvers')).handOvers.map(({ state }) => state)).toEqual(['expired'])

    const back = await sheetOf(root)
    await handIn(back)
    expect(stored()).toHaveLength(1)
    expect(told(await root.call('withdrawHandOver', { params: { id: back.id } }))).toEqual({ withdrawn: true })
    expect(told(await root.call('withdrawHandOver', { params: { id: back.id } }))).toEqual({ withdrawn: false })
    expect([(await handIn(back)).why, stored(), told(await root.call('handOvers')).handOvers]).toEqual(['withdrawn', [], []])
    reaches(
      'hand-over-gone',
      [await handedIn(back.id)].flatMap((one) => ('refused' in one ? one.refused.code : [])),
    )
  })

  it('of one connection is of no use for another, neither handed in nor tested with', async () => {
    const root = await admin()
    const [one, other] = [await sheetOf(root), await sheetOf(root, { ...draft, name: 'Third books' })]
    expect((await handIn({ id: other.id, code: one.code })).code).toBe('hand-over-code')
    reaches('hand-over-waits', refusalOf(await handedIn(other.id, { ...draft, name: 'Third books' })))
    await handIn(one)
    const elsewhere: Partial<AskedDraft['procore']>[] = [{ company: '12' }, { environment: 'sandbox' }, { apiBase: 'https://evil.example' }]
    for (const more of elsewhere)
      expect(await handedIn(one.id, { ...draft, procore: { ...draft.procore, ...more } })).toMatchObject({
        refused: { code: 'hand-over-other', params: { name: 'Second books', company: '4711' } },
      })
    expect(await handedIn(one.id, { ...draft, name: 'Third books' })).toMatchObject({ refused: { code: 'hand-over-other' } })
    expect(await handedIn(one.id, draft, 7)).toMatchObject({ refused: { code: 'hand-over-other' } })
    expect(await handedIn(one.id)).toEqual({ ok: given })
  })

  it('of a deleted connection counts no more', async () => {
    const root = await admin()
    const id = await made.connection()
    const sheet = await sheetOf(root, { ...draft, name: 'Books' }, String(id))
    await made.transact(({ raw }) => void raw.prepare('update connections set deleted_at = 1 where id = ?').run(id))
    expect((await handIn(sheet)).code).toBe('hand-over-code')
    expect(told(await root.call('handOvers')).handOvers).toEqual([])
  })
})

describe('what is handed in', () => {
  it('at once by two is taken from one, and the other is told', async () => {
    const sheet = await sheetOf(await admin())
    const both = await Promise.all(['first', 'second'].map((secret) => handIn(sheet, { secret })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const winner = both.findIndex(({ status }) => status === 200)
    expect(both[1 - winner]).toMatchObject({ code: 'hand-over-ended', why: 'arrived' })
    expect(stored()).toEqual([[`hand-over:${sheet.id}`, { ...given, secret: ['first', 'second'][winner] }]])
    expect(acts().filter(({ act }) => act === 'hand-over-arrived')).toHaveLength(1)
  })

  it('with line ends or control characters is refused by its field, and uses nothing up', async () => {
    const sheet = await sheetOf(await admin())
    for (const text of ['a\nb', 'a\r\nX-Evil: 1', 'a\u0000', 'a\u2028b', ' a', 'a\t']) {
      expect((await handIn(sheet, { secret: text })).answer).toMatchObject({ code: 'field-wrong', params: { field: 'secret' } })
      expect((await handIn(sheet, { clientId: text })).answer).toMatchObject({ code: 'field-wrong', params: { field: 'clientId' } })
    }
    expect(stored()).toEqual([])
    expect((await handIn(sheet)).code).toBe('no problem')
  })

  it('that is too long, empty or no text is refused before anything looks at it', async () => {
    const sheet = await sheetOf(await admin())
    for (const more of [
      { secret: 'x'.repeat(1024) },
      { clientId: 'x'.repeat(255) },
      { secret: '' },
      { secret: 7 },
      { code: 'x'.repeat(21) },
    ])
      expect((await handIn(sheet, more)).status).toBe(400)
    expect((await handIn(sheet, { secret: 'x'.repeat(1_000_001) })).status).toBe(413)
    expect(acts().map(({ act }) => act)).toEqual(['hand-over-made'])
  })

  it('from a page of another origin, or without a proof, is not heard', async () => {
    const sheet = await sheetOf(await admin())
    expect((await handIn(sheet, {}, await makeWire('https://evil.example'))).why).toBe('origin')
    expect((await handIn(sheet, {}, await makeWire(null))).why).toBe('origin')
    const bare = await fetch(`${made.url}/hand-overs/${sheet.id}/hand-in`, {
      ...{ method: 'POST', body: JSON.stringify({ code: sheet.code, ...given }) },
      headers: { 'Content-Type': 'application/json', Origin: made.url },
    })
    expect(bare.status).toBe(401)
    expect(stored()).toEqual([])
  })
})
