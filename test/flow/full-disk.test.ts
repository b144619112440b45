// A disk of a few megabytes that really is full: a file system in memory, in a name space of its own, which needs no administrator.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { askAgent } from '../../agent/cli/ask-agent.ts'
import { cliKey } from '../../agent/cli/cli-key.ts'
import { codeOf } from '../../agent/connectors/folder/list-folder.ts'
import { agentKey } from '../../agent/settings/agent-key.ts'
import { openSecrets } from '../../agent/settings/secrets.ts'
import { openSettings } from '../../agent/settings/settings.ts'
import { Jwk } from '../../shared/pairing.ts'
import { dropInto, setUpAgent } from '../support/set-up-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { freePort } from '../support/tieback-process.ts'
import { waitFor } from '../support/wait-for.ts'
import { books, exportOf } from './books.ts'

const cli = fileURLToPath(new URL('../../agent/cli/index.ts', import.meta.url))
const apart = ['-Urm', '--', 'sh', '-c']

const mayMount = (() => {
  try {
    execFileSync('unshare', [...apart, 'mount -t tmpfs -o size=64k none /tmp'], { stdio: 'ignore' })
    return true
  } catch {
    return false // not on Windows, nor where user name spaces are switched off
  }
})()

/** The agent on a disk of its own of 60 MB, its data folder copied there. */
async function onSmallDisk() {
  const folder = await tempFolder('full')
  const standIn = await standInWithAccess()
  const home = await setUpAgent(folder.path, { access: standIn.access, port: await freePort() })
  const small = join(folder.path, 'small')
  mkdirSync(small)
  const script = 'mount -t tmpfs -o size=60m none "$1" && cp -a "$2"/. "$1" && shift 2 && exec "$@"'
  const words = ['sh', small, home.data, process.execPath, cli, 'start', '--data', small]
  const child = spawn('unshare', [...apart, script, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said: string[] = []
  child.stdout.setEncoding('utf8').on('data', (part: string) => said.push(part))
  const dispose = async () => {
    const gone = once(child, 'exit')
    if (child.exitCode === null && child.kill('SIGTERM')) await gone
    await standIn.close()
    await folder[Symbol.asyncDispose]()
  }
  const settings = await openSettings(home.data)
  const { kty, crv, x, y } = await agentKey(await openSecrets(home.data, 'file'))
  const agent = Jwk.parse({ kty, crv, x, y })
  const ask = askAgent({ url: `http://127.0.0.1:${settings?.data.listen.port}`, key: await cliKey(home.data), agent })
  const until = <T>(what: string, holds: () => T | Promise<T>) =>
    waitFor(what, holds, { withinMs: 40_000, shows: () => said.join('').split('\n').slice(-6) })
  const problems = async () => (await ask('problems', { query: {} })).groups.map(({ problem }) => problem)
  const taken = async () => (await ask('overview')).connections[0]?.sources.flatMap(({ file }) => file ?? []) ?? []
  try {
    await until('it is ready', () => said.join('').includes('"msg":"ready"'))
  } catch (cause) {
    await dispose()
    throw cause
  }
  const disk = join(`/proc/${child.pid}/root`, small)
  return { home, disk, problems, taken, until, runs: () => child.exitCode === null, [Symbol.asyncDispose]: dispose }
}

/** Nothing is left but `spared` bytes, and what the agent itself gives up. Answers how to make room again. */
function fill(disk: string, spared = 0): () => void {
  const path = join(disk, 'filler')
  const { bavail, bsize } = statfsSync(disk)
  try {
    writeFileSync(path, Buffer.alloc(bavail * bsize - spared, 'x'))
  } catch (error) {
    if (codeOf(error) !== 'ENOSPC') throw error // the agent wrote meanwhile, so it is full all the sooner
  }
  return () => rmSync(path)
}

const erp = books()
const row = erp.APM_MASTER__VENDOR[0] ?? {}
const many = (_: unknown, n: number) => ({ ...row, Vendor: `V${n}`, Name: `Vendor ${n} of very many, with a long name` })
const vendors = exportOf(erp, 'vendors', Array.from({ length: 20_000 }, many))

describe.skipIf(!mayMount)('the agent’s disk', () => {
  it.each([
    ['full to the last byte as a file comes', 0],
    ['full while a file is copied', 1_000_000],
    ['full in the middle of taking a file', 6_000_000],
  ])('%s: said among the problems, and all of it taken by itself once there is room', async (_, spared) => {
    await using made = await onSmallDisk()
    const { home, disk, problems, taken, until } = made
    const makeRoom = fill(disk, spared)
    await dropInto(home, vendors.name, vendors.bytes, { rows: vendors.rows, entity: 'vendors' })
    const told = await until('it says so', async () => (await problems()).find(({ code }) => code === 'disk-full'))
    expect(told).toMatchObject({ says: expect.stringContaining('full'), do: expect.stringContaining('by itself') })
    expect(await taken()).toEqual([])
    makeRoom()
    await until('the file is taken', async () => (await taken()).includes(vendors.name))
    await until('nothing is wrong any more', async () => (await problems()).length === 0)
    expect(made.runs()).toBe(true)
  })
})
