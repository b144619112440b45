import { expect, it } from 'vitest'
import { askAgent } from '../../agent/cli/ask-agent.ts'
import { cliKey } from '../../agent/cli/cli-key.ts'
import { plan as planCommand } from '../../agent/cli/plan.ts'
import { agentKey } from '../../agent/settings/agent-key.ts'
import { openSecrets } from '../../agent/settings/secrets.ts'
import { openSettings } from '../../agent/settings/settings.ts'
import type { PlanShape } from '../../shared/api/plans.ts'
import { Jwk } from '../../shared/pairing.ts'
import { calm } from '../prove/kill-run.ts'
import { startAgentProcess } from '../support/agent-process.ts'
import { readLedger } from '../support/read-ledger.ts'
import { type AgentHome, dropInto, setUpAgent } from '../support/set-up-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { freePort } from '../support/tieback-process.ts'
import { waitFor } from '../support/wait-for.ts'
import { books, exportOf, rowsSent } from './books.ts'

const sync = /\/vendors\/sync$/

async function askOf({ data }: AgentHome, port: number) {
  const settings = await openSettings(data)
  const secrets = await openSecrets(data, settings?.data.credentials ?? 'file')
  const { kty, crv, x, y } = await agentKey(secrets)
  return askAgent({ url: `http://127.0.0.1:${port}`, key: await cliKey(data), agent: Jwk.parse({ kty, crv, x, y }) })
}

/** As `tieback plan make` makes it. */
async function planned({ data }: AgentHome, values: Record<string, string>): Promise<PlanShape> {
  const results: unknown[] = []
  const out = { json: true, say: () => undefined, result: (value: unknown) => void results.push(value) }
  expect(await planCommand.run({ folder: data, values, words: ['make'], out, prompt: null, now: Date.now })).toBe(0)
  return (results[0] as { plan: PlanShape }).plan
}

it('a plan lists both sides, and what was approved of it is written once, though the agent is killed in the middle', {
  timeout: 60_000,
}, async () => {
  const erp = books()
  const of = (procoreHas: string | null, count: number) =>
    erp.business.vendors
      .filter(
        (one) =>
          one.disaster === undefined &&
          (procoreHas === null ? one.where === 'erp' : one.procoreHas === procoreHas && one.name === one.erpName),
      )
      .filter((one) => one.code !== erp.known.vendors.duplicatedCode)
      .slice(0, count)
      .map(({ code }) => code)
  const [known, fresh] = [of('code', 4), of(null, 3)]
  const rows = erp.APM_MASTER__VENDOR.filter((row) => [...known, ...fresh].includes(row['Vendor'] ?? ''))
  await using folder = await tempFolder('plan')
  await using standIn = await standInWithAccess()
  const port = await freePort()
  const home = await setUpAgent(folder.path, { access: standIn.access, port })
  const ledger = readLedger(home.ledger)
  const ask = await askOf(home, port)
  const file = exportOf(erp, 'vendors', rows)
  await dropInto(home, file.name, file.bytes, { rows: file.rows, entity: 'vendors' })
  let agent = startAgentProcess(home)
  try {
    await agent.said('listening')
    await calm(home, ledger)
    standIn.forget()
    const plan = await planned(home, { kinds: 'vendors' })
    expect(plan.groups).toMatchObject([
      { what: 'new', rows: fresh.length },
      { what: 'link', rows: known.length },
    ])
    expect([rowsSent(standIn.requests, sync), ledger.outbox()]).toEqual([[], []])

    // Procore has taken the first call in, and the agent dies before it hears of it.
    const struck = Promise.withResolvers<void>()
    const off = standIn.onRequest(async (stage, request) => {
      if (stage !== 'committed' || !sync.test(request.path)) return
      off()
      await agent.kill()
      struck.resolve()
    })
    const id = plan.id
    const groups = (['new', 'link'] as const).map((what) => ({ connection: '1', entity: 'vendors' as const, what }))
    expect(await ask('approvePlan', { params: { id }, body: { groups } })).toEqual({ rows: fresh.length + known.length })
    await struck.promise
    agent = startAgentProcess(home)
    await agent.said('listening')
    await waitFor('the plan is done', () => ledger.rows('select state from plans')[0]?.['state'] === 'done', {
      shows: () => ledger.rows('select * from plan_rows'),
    })

    const key = String(ledger.rows('select key from connections')[0]?.['key'])
    const held = standIn.company.tables.vendors.live().map(({ origin_id }) => origin_id)
    for (const code of [...known, ...fresh]) expect(held.filter((one) => one === `${key}:vendors:${code}`)).toHaveLength(1)
    const done = (await ask('plan', { params: { id } })).plan
    expect(done).toMatchObject({ state: 'done', groups: [{ written: fresh.length, leftOut: 0, failed: 0 }, { written: known.length }] })
    expect(ledger.rows("select act from audit where subject like 'plan:%' order by id").map(({ act }) => act)).toEqual([
      'plan-asked',
      'plan-approved',
      'plan-ended',
    ])
    expect(ledger.rows('select writing, creating from sources where writing + creating > 0')).toEqual([]) // it only watches as before
    expect(standIn.violations).toEqual([])
  } finally {
    await agent.kill()
    ledger.close()
  }
})
