import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { ConnectionDraft } from '../../shared/api/set-up.ts'
import { reaches } from '../support/reaches.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { type ProcoreAccess, standInWithAccess } from '../support/start-stand-in.ts'

const extractor = fileURLToPath(new URL('../support/extractor.mjs', import.meta.url))

const vendors = 'SELECT Vendor, Name, City FROM APM_MASTER__VENDOR'
const jobs = 'SELECT Job, Description, Status FROM JCM_MASTER__JOB'
const jobWith = (answers: string, sql = vendors): string =>
  JSON.stringify({
    answers,
    tables: ['APM_MASTER__VENDOR', 'JCM_MASTER__JOB'],
    queries: [
      { name: 'vendors', entity: 'vendors', complete: true, sql },
      { name: 'jobs', entity: 'jobs', complete: true, sql: jobs },
      { name: 'extras', entity: 'extras', sql: '', fillIn: 'Later.' },
    ],
  })

/** A place for exports, a job file and what the stand-in extractor answers. */
async function office(agent: RunningAgent, access: ProcoreAccess) {
  const at = (name: string): string => join(agent.home.exports, '..', name)
  const [path, answers, job, script] = [at('made'), at('answers'), at('sage.job.json'), at('extractor.mjs')]
  await mkdir(path)
  await mkdir(answers)
  await writeFile(script, await readFile(extractor))
  await writeFile(job, jobWith(answers))
  const answer = (query: string, said: object): Promise<void> => writeFile(join(answers, `${query}.json`), JSON.stringify(said))
  await answer('vendors', {
    rows: [
      { Vendor: 'A', Name: 'Abel', City: 'Portwell' },
      { Vendor: 'B', Name: 'Baker', City: '' },
    ],
  })
  await answer('jobs', { rows: [{ Job: '10', Description: 'Library', Status: 'In progress' }] })
  const draft: ConnectionDraft = {
    ...{ name: 'Made books', connector: 'extract', erp: 'Sage 300 CRE', erpCompany: 'Practice Civil', owner: 'tieback' },
    fields: { path, quietMs: 40, scanMs: 1_000, command: process.execPath, script, job },
    procore: {
      ...{ company: access.companyId, companyName: 'Practice Builders, Inc.', environment: 'custom' },
      ...{ apiBase: access.apiBase, loginBase: access.loginBase, clientId: access.clientId, secret: access.clientSecret },
    },
  }
  const ran = async (): Promise<string[]> => (await readFile(join(answers, 'ran.log'), 'utf8').catch(() => '')).split('\n').filter(Boolean)
  return { draft, answer, answers, job, script, ran }
}

const refusalOf = (act: Promise<unknown>): Promise<string | null> =>
  act.then(
    () => null,
    ({ code }: { code: string }) => code,
  )
const start = (agent: RunningAgent, id: string) => agent.ask('setActive', { params: { id }, body: { active: true } })
const program = async (agent: RunningAgent, id: string) => {
  const { program: found } = await agent.ask('program', { params: { id } })
  if (!found) throw new Error('It runs nothing.')
  return found
}
const agree = async (agent: RunningAgent, id: string) =>
  agent.ask('agreeToProgram', { params: { id }, body: { sha256: (await program(agent, id)).sha256 } })

async function save(agent: RunningAgent, draft: ConnectionDraft): Promise<string> {
  await agent.ask('testConnection', { body: { draft } })
  return (await agent.ask('addConnection', { body: { draft } })).id
}

async function runNow(agent: RunningAgent, id: string): Promise<string> {
  await agent.until('nothing runs', async () => !(await agent.ask('schedule')).entries.some(({ running }) => running))
  const { run } = await agent.ask('runNow', { params: { id: `${id}:files` }, body: {} })
  await agent.until('it ended', async () => (await agent.ask('run', { params: { id: run } })).run.endedAt !== null)
  return (await agent.ask('run', { params: { id: run } })).run.state
}

const keys = (agent: RunningAgent, id: string): string[] =>
  agent.ledger
    .rows(`select r.key, r.vanished_at from records r join sources s on s.id = r.source where s.connection = ${Number(id)} order by r.key`)
    .map(({ key, vanished_at }) => `${vanished_at === null ? '' : '-'}${key}`)
const open = (agent: RunningAgent, id: string): string[] =>
  agent.ledger
    .rows(`select code from problems where closed_at is null and connection = ${Number(id)} order by code`)
    .map(({ code }) => String(code))

it('nothing runs before an admin was shown all of it and agreed, and nothing once a letter is another', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const { draft, answers, job, script, ran } = await office(agent, standIn.access)
  const { steps } = await agent.ask('testConnection', { body: { draft } })
  expect(steps.slice(0, 3).map(({ step, state, values }) => [step, state, values])).toEqual([
    ['reachable', 'ok', undefined],
    ['writable', 'ok', undefined],
    ['job', 'ok', { count: 2, empty: 1 }],
  ])
  const id = await save(agent, draft)
  reaches('script-not-agreed', await refusalOf(start(agent, id)))
  const shown = await program(agent, id)
  expect([shown.agreed, shown.files]).toEqual([
    false,
    [
      { path: script, text: await readFile(extractor, 'utf8') },
      { path: job, text: jobWith(answers) },
    ],
  ])
  expect(shown.line.slice(0, 4)).toEqual([process.execPath, script, '-Job', job])

  await writeFile(job, `${jobWith(answers)}\n`)
  reaches('script-changed', await refusalOf(agent.ask('agreeToProgram', { params: { id }, body: { sha256: shown.sha256 } })))
  expect(await ran()).toEqual([])
  await agree(agent, id)
  expect(await start(agent, id)).toMatchObject({ active: true })
  await agent.until('it was asked as soon as it ran', () => keys(agent, id).length === 3)
  expect(agent.ledger.rows(`select act from audit where subject = 'connection:${id}' order by id`).map(({ act }) => act)).toEqual([
    ...['connection-added', 'script-agreed', 'connection-started'],
  ])

  const before = (await ran()).length
  await writeFile(script, `${await readFile(extractor, 'utf8')}// another\n`)
  expect(await runNow(agent, id)).toBe('failed')
  expect([open(agent, id), (await ran()).length]).toEqual([['script-not-agreed'], before])
  await agree(agent, id)
  expect(await runNow(agent, id)).toBe('done')
  expect([open(agent, id), (await ran()).length]).toEqual([[], before + 2])

  // A job file that asks for more than it may is not run, agreed to or not.
  await writeFile(job, jobWith(answers, 'SELECT Name FROM PRM_MASTER__EMPLOYEE'))
  await agree(agent, id)
  expect(await runNow(agent, id)).toBe('failed')
  expect([open(agent, id), (await ran()).length]).toEqual([['job-wrong'], before + 2])
  const { steps: again } = await agent.ask('testConnection', { body: { id, draft } })
  reaches('job-wrong', again.find(({ step }) => step === 'job')?.problem?.code)
})

it('what it makes is taken as it arrives: complete, so that what left the ERP is gone; what fails is told, and the export there was stays', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const { draft, answer } = await office(agent, standIn.access)
  const id = await save(agent, draft)
  await agree(agent, id)
  await start(agent, id)
  await agent.until('it is taken', () => keys(agent, id).length === 3)
  const { entries } = await agent.ask('schedule')
  expect(entries.find((one) => one.id === `${id}:files`)?.when).toBe('60')

  await answer('vendors', { rows: [{ Vendor: 'A', Name: 'Abel', City: 'Portwell' }] })
  expect(await runNow(agent, id)).toBe('done')
  await agent.until('it is gone', () => keys(agent, id).includes('-B'))
  const manifest = JSON.parse(await readFile(join(String(draft.fields['path']), 'vendors.csv.manifest.json'), 'utf8')) as object
  expect(manifest).toMatchObject({ entity: 'vendors', rows: 1, complete: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })

  await answer('vendors', { fails: 'The engine is not there.\nat line 3' })
  await answer('jobs', {
    rows: [
      { Job: '10', Description: 'Library', Status: 'Closed' },
      { Job: '11', Description: 'Mill', Status: 'Unstarted' },
    ],
  })
  expect(await runNow(agent, id)).toBe('failed')
  reaches('extract-failed', open(agent, id))
  await agent.until('the other query ran', () => keys(agent, id).includes('11'))
  const [problem] = agent.ledger.rows("select params from problems where code = 'extract-failed'")
  expect(String(problem?.['params'])).toContain('The engine is not there.')
  expect(String(problem?.['params'])).not.toContain('line 3')

  // Fewer rows than it says: nothing of them counts.
  await answer('vendors', { rows: [], says: 1 })
  await runNow(agent, id)
  await agent.until('it is refused', () => open(agent, id).length > 0)
  expect(keys(agent, id)).toContain('A')
  await answer('vendors', { rows: [{ Vendor: 'A', Name: 'Abel', City: 'Portwell' }] })
  expect(await runNow(agent, id)).toBe('done')
  await agent.until('all is well', () => open(agent, id).length === 0)
})

it('by night, as the connection says, the ERP is left alone; a person is told until when', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const { draft, ran } = await office(agent, standIn.access)
  const clock = (ms: number): string => new Date(ms).toTimeString().slice(0, 5)
  const [from, until] = [Date.now() - 3_600_000, Date.now() + 2 * 3_600_000]
  const id = await save(agent, { ...draft, fields: { ...draft.fields, quietFrom: clock(from), quietUntil: clock(until) } })
  await agree(agent, id)
  await start(agent, id)
  await agent.until('it runs', async () => (await agent.ask('schedule')).entries.some((one) => one.id === `${id}:files`))
  const entry = (await agent.ask('schedule')).entries.find((one) => one.id === `${id}:files`)
  expect(new Date(entry?.next ?? 0).getTime()).toBeGreaterThan(Date.now() + 3_600_000)
  reaches('extract-quiet', await refusalOf(agent.ask('runNow', { params: { id: `${id}:files` }, body: {} })))
  expect(await ran()).toEqual([])
})
