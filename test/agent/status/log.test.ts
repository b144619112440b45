import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLog } from '../../../agent/status/log.ts'
import { createReadiness } from '../../../agent/status/readiness.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieback-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const text = (name = 'agent.log') => readFileSync(join(folder, 'logs', name), 'utf8')
const opened = (level: string) => openLog({ level, file: join(folder, 'logs', 'agent.log') })

describe('the log', () => {
  it('holds no secret, however deep', () => {
    const { log } = opened('debug')
    log.info(
      { secret: 's3', procore: { client_secret: 's3', answer: { access_token: 's3' } }, headers: { authorization: 'Bearer s3' } },
      'asked',
    )
    expect(text()).not.toContain('s3')
    expect(text()).toContain('"msg":"asked"')
  })
  it('holds no secret of an error either, and still says where it came from', () => {
    const { log } = opened('info')
    const error = Object.assign(new Error('refused', { cause: new Error('the wire') }), {
      request: { headers: { authorization: 'Bearer s3' } },
    })
    log.error({ err: error, deep: { a: { b: { c: { d: { token: 's3' } } } } } }, 'fault')
    log.debug({ token: 's3' }, 'not logged at all')
    expect(text()).not.toContain('s3')
    expect(JSON.parse(text())).toMatchObject({ msg: 'fault', err: { type: 'Error', stack: expect.stringContaining('log.test.ts') } })
    expect(text()).toContain('the wire')
  })
  it('holds amounts at debug only', () => {
    const { log } = opened('debug')
    log.info({ rows: 3, amount: '12.34', sums: [{ controlTotal: '12.34' }] }, 'taken')
    expect(text()).toContain('"rows":3')
    expect(text()).not.toContain('12.34')
    log.debug({ amount: '12.34' }, 'row')
    expect(text()).toContain('12.34')
  })
  it('goes on in a new file when the old one was moved away', () => {
    const { log, reopen } = opened('info')
    log.info('one')
    renameSync(join(folder, 'logs', 'agent.log'), join(folder, 'logs', 'agent.log.1'))
    reopen()
    log.info('two')
    expect([text('agent.log.1').includes('one'), text().includes('two'), text().includes('one')]).toEqual([true, true, false])
  })
})

describe('readiness', () => {
  it('comes when every part has reported', async () => {
    const ready = createReadiness(['ledger', 'first listing'])
    ready.done('ledger')
    expect(ready.waiting()).toEqual(['first listing'])
    ready.done('first listing')
    await ready.whenReady
    expect(ready.waiting()).toEqual([])
  })
})
