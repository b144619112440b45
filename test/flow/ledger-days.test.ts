import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as moment } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { backup } from '../../agent/cli/backup.ts'
import type { CliCommand } from '../../agent/cli/command.ts'
import { doctor } from '../../agent/cli/doctor.ts'
import { restore } from '../../agent/cli/restore.ts'
import { status } from '../../agent/cli/status.ts'
import { reaches } from '../support/reaches.ts'
import type { AgentHome } from '../support/set-up-agent.ts'
import { startAgentAt } from '../support/start-agent.ts'
import { costs, firm, oneJob, ours, vendors, why, writeAll } from './small-firm.ts'

/** A command of the command line, while no agent runs. */
async function say(home: AgentHome, command: CliCommand, ...words: string[]): Promise<string> {
  const said: string[] = []
  const out = { json: false, say: (line: string) => void said.push(line), result: () => undefined }
  await command.run({ folder: home.data, values: {}, words, out, prompt: null, now: Date.now })
  return said.join('\n')
}

/** What a disk does to a file: a half of it gone, or other bytes in the middle. */
const damages: [string, (ledger: string) => void][] = [
  ['cut off in the middle', (ledger) => truncateSync(ledger, 200_000)],
  [
    'full of other bytes',
    (ledger) => {
      const bytes = readFileSync(ledger)
      bytes.fill(0xa5, 8_192, 120_000)
      writeFileSync(ledger, bytes)
    },
  ],
  ['no database any more', (ledger) => writeFileSync(ledger, 'gone '.repeat(5_000))],
]

describe('a damaged ledger', () => {
  it.each(damages)('%s: said so, put back from a backup, and nothing is in Procore twice', async (_, damage) => {
    await using made = await firm()
    const { standIn, home } = made
    const first = await startAgentAt(home)
    await writeAll(first)
    await first.export(vendors(2), 'vendors')
    await first.export(oneJob, 'jobs')
    await first.export(costs(3), 'jc-transactions')
    await first.until('everything is in Procore', () => first.ledger.states('jc-transactions').synced === 3)
    await first.atRest()
    const copied = await first.cli(backup)
    expect(copied.said[0]).toContain('the copy is whole')
    // The agent goes on after the backup: all of this is in Procore and unknown to the copy.
    await first.export(vendors(4), 'vendors')
    await first.export(costs(6), 'jc-transactions')
    await first.until('the rest is in Procore', () => first.ledger.states('jc-transactions').synced === 6)
    await first.until('the vendors too', () => first.ledger.states('vendors').synced === 4)
    await first.stop()
    damage(home.ledger)

    expect(await why(startAgentAt(home))).toBe('ledger-damaged')
    await expect(say(home, status)).rejects.toThrow('tieback restore')
    expect(await say(home, doctor)).toMatch(/WRONG ledger/)
    expect(await say(home, restore)).toContain('nothing is sent twice')
    expect(readdirSync(home.data).filter((name) => /^ledger\.db\.aside-.*Z$/.test(name))).toHaveLength(1)

    await using again = await startAgentAt(home)
    await again.until('everything is tied again', () => again.ledger.states('jc-transactions').synced === 6, { withinMs: 40_000 })
    await again.until('the vendors too', () => again.ledger.states('vendors').synced === 4)
    await again.atRest()
    const { vendors: there, direct_costs, direct_cost_line_items } = standIn.company.tables
    expect(ours(there.live(), 'vendors')).toBe(4)
    expect(ours(direct_costs.live(), 'jc-transactions')).toBe(6)
    expect(ours(direct_cost_line_items.live(), 'jc-transactions')).toBeLessThanOrEqual(6)
    expect(again.ledger.problems()).toEqual([])
    expect(standIn.violations).toEqual([])
  })

  it('a browser that slept through it is told to reload, not that nothing happened', async () => {
    await using made = await firm()
    const { home } = made
    await say(home, backup)
    const first = await startAgentAt(home)
    await first.export(oneJob, 'jobs')
    await first.atRest()
    const { last } = await first.ask('events', { query: { since: 0 } })
    await first.stop()
    await say(home, restore)
    await using again = await startAgentAt(home)
    expect(await again.ask('events', { query: { since: last } })).toMatchObject({ gap: true })
  })
})

describe('a backup', () => {
  it('that is damaged itself, or of something else, is refused and changes nothing', async () => {
    await using made = await firm()
    const { home } = made
    await say(home, backup)
    const before = readFileSync(home.ledger)
    const [name = ''] = readdirSync(join(home.data, 'backups'))
    const broken = join(home.data, 'broken.db')
    writeFileSync(broken, readFileSync(join(home.data, 'backups', name)).fill(0x5a, 9_000, 40_000))
    const other = join(home.data, 'other.db')
    const raw = new DatabaseSync(other)
    raw.exec('create table notes (text)')
    raw.close()
    for (const file of [broken, other, join(home.data, 'none.db')]) reaches('backup-unusable', await why(say(home, restore, file)))
    expect(readFileSync(home.ledger).equals(before)).toBe(true)
    expect(readdirSync(home.data).filter((one) => /part|aside/.test(one))).toEqual([])
  })

  it('of a damaged ledger is not made', async () => {
    await using made = await firm()
    const { home } = made
    const bytes = readFileSync(home.ledger)
    bytes.fill(0xa5, 8_192, 120_000)
    writeFileSync(home.ledger, bytes)
    expect(await why(say(home, backup))).toBe('ledger-damaged')
    expect(readdirSync(join(home.data, 'backups'))).toEqual([])
  })

  it('is not put back while the agent runs', async () => {
    await using made = await firm()
    const { home } = made
    await say(home, backup)
    await using agent = await startAgentAt(home)
    reaches('ledger-in-use', await why(say(home, restore)))
    expect(agent.ledger.problems()).toEqual([])
  })

  it('is asked for where there is none', async () => {
    await using made = await firm()
    await expect(say(made.home, restore)).rejects.toThrow('There is no backup')
  })
})

describe('a ledger that is not ours alone', () => {
  it('a second agent does not start, and the first goes on', async () => {
    await using made = await firm()
    const { home } = made
    await using agent = await startAgentAt(home)
    expect(await why(startAgentAt(home))).toBe('ledger-in-use')
    await agent.export(oneJob, 'jobs')
    await agent.until('the jobs are taken', () => agent.ledger.states('jobs').synced === 1)
  })

  it('held by another program: what has to be written waits, and is written once it lets go', async () => {
    await using made = await firm()
    const { home } = made
    await using agent = await startAgentAt(home)
    await agent.atRest()
    const other = new DatabaseSync(home.ledger)
    other.exec('begin immediate')
    await agent.export(oneJob, 'jobs')
    await moment(1_500) // long enough for the file to rest; the ledger cannot tell what is waited for
    expect(agent.ledger.files()).toEqual([])
    other.exec('rollback')
    other.close()
    await agent.until('the jobs are taken', () => agent.ledger.states('jobs').synced === 1)
    expect(agent.ledger.problems()).toEqual([])
  })
})
