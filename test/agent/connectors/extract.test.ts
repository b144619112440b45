import { describe, expect, it } from 'vitest'
import { type Query, readJob, sqlFault } from '../../../agent/connectors/extract/job.ts'
import { wordsBefore } from '../../../agent/connectors/extract/program.ts'
import { extractFault, quietUntil } from '../../../agent/connectors/extract/settings.ts'
import { defaultReadSettings } from '../../../agent/formats/format.ts'
import { chooseFormat } from '../../../agent/formats/identify.ts'
import { formats } from '../../../agent/formats/index.ts'
import { text } from '../../structure/sources.ts'

const tables = ['APM_MASTER__VENDOR', 'JCM_MASTER__JOB']

describe('a query', () => {
  it.each([
    ['SELECT Vendor, Name FROM APM_MASTER__VENDOR', null],
    ["select Vendor from APM_MASTER__VENDOR where Name = 'a;b -- c'", 'not-one-select'],
    ["SELECT Vendor FROM APM_MASTER__VENDOR WHERE Name = 'delete from here'", null],
    ['SELECT "Type" FROM "APM_MASTER__VENDOR" ORDER BY Vendor', null],
    ['DELETE FROM APM_MASTER__VENDOR', 'not-one-select'],
    ['SELECT 1; DROP TABLE APM_MASTER__VENDOR', 'not-one-select'],
    ['SELECT Vendor FROM APM_MASTER__VENDOR -- all', 'not-one-select'],
    ['SELECT Vendor FROM APM_MASTER__VENDOR /* all */', 'not-one-select'],
    ['SELECT Vendor INTO X FROM APM_MASTER__VENDOR', 'not-one-select'],
    ['SELECT Vendor FROM APM_MASTER__VENDOR UNION SELECT Job FROM JCM_MASTER__JOB', 'not-one-select'],
    ['SELECT Vendor FROM APM_MASTER__VENDOR WHERE Vendor IN (SELECT Job FROM JCM_MASTER__JOB)', 'not-one-select'],
    ["SELECT Vendor FROM APM_MASTER__VENDOR WHERE Name = 'open", 'not-one-select'],
    ['SELECT Vendor FROM APM_MASTER__VENDOR, JCM_MASTER__JOB', 'several-tables'],
    ['SELECT Vendor FROM APM_MASTER__VENDOR JOIN JCM_MASTER__JOB ON 1 = 1', 'several-tables'],
    ['SELECT Vendor', 'several-tables'],
    ['SELECT Name FROM PRM_MASTER__EMPLOYEE', 'table-not-listed'],
  ])('%s: %s', (sql, fault) => expect(sqlFault(sql, tables)).toBe(fault))
})

describe('the job file that comes with Tieback', () => {
  const shipped = text('agent/connectors/extract/sage.job.json')
  const job = readJob(shipped, 'sage.job.json')
  const queries: Query[] = 'code' in job ? [] : job.queries
  it('can be used once it is filled in, and says what is still to be', () => {
    expect(queries.length).toBeGreaterThan(5)
    const templates = (JSON.parse(shipped) as { queries: { name: string; sql: string; fillIn?: string }[] }).queries.filter(
      ({ sql }) => sql === '',
    )
    expect(templates.map(({ name }) => name)).toEqual('code' in job ? [] : job.empty)
    expect(templates.every(({ fillIn = '' }) => fillIn.length > 20)).toBe(true)
  })
  it.each(queries.map((query) => [query.name, query] as const))(
    'what %s writes is read as what it says it is',
    (_name, { sql, entity }) => {
      const header = /^SELECT (.*) FROM/.exec(sql)?.[1]?.split(', ') ?? []
      const chosen = chooseFormat({ name: 'x.csv', delimiter: ',', header, rows: [], mappings: [] }, formats)
      expect('code' in chosen ? chosen : chosen.format.entity).toBe(entity)
    },
  )
  it('reads dates as the script writes them', () =>
    expect([defaultReadSettings.date, defaultReadSettings.decimal]).toEqual(['mm/dd/yyyy', '.']))
  it.each([
    ['{', 'not-json'],
    [JSON.stringify({ tables, queries: [{ name: '../x', sql: '' }] }), 'queries.0.name'],
    [
      JSON.stringify({
        tables,
        queries: [
          { name: 'a', sql: '' },
          { name: 'a', sql: '' },
        ],
      }),
      'twice',
    ],
  ])('another that is wrong is refused: %s', (wrong, found) => {
    const read = readJob(wrong, 'j')
    expect('code' in read ? read.params?.['found'] : read).toBe(found)
  })
})

it('the script that comes with Tieback holds no secret and nothing but ASCII, and says that it was not tried', () => {
  const script = text('agent/connectors/extract/sage-odbc.ps1')
  expect([...script].filter((one) => one > '~')).toEqual([])
  expect(script).toContain('NOT VERIFIED ON WINDOWS')
})

it('PowerShell takes its script by its own word, other programs by their first', () => {
  expect(wordsBefore('C:\\Windows\\SysWOW64\\WindowsPowerShell\\v1.0\\powershell.exe', 's.ps1')).toEqual([
    ...['-NoProfile', '-NonInteractive', '-File', 's.ps1'],
  ])
  expect(wordsBefore('/usr/bin/node', 's.mjs')).toEqual(['s.mjs'])
})

describe('the ERP is left alone', () => {
  const at = (hour: number, minute = 0): number => new Date(2026, 10, 23, hour, minute).getTime()
  const night = { quietFrom: '22:00', quietUntil: '04:00' }
  it.each([
    [night, at(21, 59), null],
    [night, at(22), new Date(2026, 10, 24, 4).getTime()],
    [night, at(3, 59), at(4)],
    [night, at(4), null],
    [{ quietFrom: '12:00', quietUntil: '13:30' }, at(12, 45), at(13, 30)],
    [{}, at(3), null],
  ])('%o at %d: until %s', (quiet, now, until) => expect(quietUntil(quiet, now)).toBe(until))
  it('from a time until another, never from one alone', () => {
    const settings = { path: '/x', command: '/x', job: '/j' }
    expect(extractFault({ ...settings, ...night })).toBeNull()
    expect(extractFault({ ...settings, quietFrom: '22:00' })).toBe('quietUntil')
    expect(extractFault({ ...settings, quietFrom: '25:00', quietUntil: '04:00' })).toBe('quietFrom')
  })
})

describe('what runs', () => {
  const settings = { path: '/x', command: '/x', script: '/s', job: '/j' }
  it('is named whole, and lies on this computer', () => {
    expect(extractFault(settings)).toBeNull()
    expect(extractFault({ ...settings, command: 'powershell.exe' })).toBe('command')
    for (const name of ['command', 'script', 'job'])
      for (const path of ['\\\\elsewhere\\share\\one', '//elsewhere/share/one'])
        expect(extractFault({ ...settings, [name]: path })).toBe(name)
  })
})
