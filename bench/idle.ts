/**
 * The bundled agent at rest: five connections, each watching a folder of two hundred exports that were taken before. Started once to
 * take them, then measured in new processes that only rest: they list the folders, and meet every file as it was taken. Memory is VmHWM,
 * the most it ever had, its start included (`VmRSS` at rest is told beside it); CPU is user and system time of all its threads. How long a
 * start takes is the machine's doing as much as ours, so what work takes that is the same everywhere is told beside it.
 */
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { standInWithAccess } from '../test/support/start-stand-in.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import { freePort, startTieback, type TiebackProcess, tieback } from '../test/support/tieback-process.ts'
import { waitFor } from '../test/support/wait-for.ts'
import { absoluteLine, type Bench, median } from './bench.ts'
import { doFixedWork, slowness } from './machine.ts'

const connections = 5
const files = 200
const starts = 7
const settleMs = 10_000
const restMs = 60_000
const budget = { rssMb: 100, cpuPercent: 0.5, readyMs: 700 }
/** Of Linux on every machine Node runs on (getconf CLK_TCK). */
const ticksPerSecond = 100

export const idle: Bench = {
  name: 'idle',
  async *run() {
    await using folder = await tempFolder('idle')
    await using standIn = await standInWithAccess()
    const home = await makeHome(folder.path, standIn.access)
    await takeAll(home)
    const ready: number[] = []
    const fixed: number[] = []
    for (let n = 0; n <= starts; n++) {
      fixed.push(doFixedWork())
      ready.push(await startOnce(home))
    }
    for (const times of [ready, fixed]) times.shift() // the first warms the disk's cache
    const agent = await startTieback(home.data, home.port)
    try {
      let read = 0
      agent.onLine(({ msg }) => {
        if (msg === 'file-taken') read += 1
      })
      await pause(settleMs)
      const before = await cpuMs(agent)
      const began = performance.now()
      await pause(restMs)
      const percent = (((await cpuMs(agent)) - before) / (performance.now() - began)) * 100
      const [rss, most] = [await memoryMb(agent, 'VmRSS'), await memoryMb(agent, 'VmHWM')]
      const at = { connections, files, read, calls: standIn.requests.length }
      yield absoluteLine('idle/rss', 'MB', most, budget.rssMb, { ...at, measured: 'VmHWM', VmRSS: rss })
      yield absoluteLine('idle/cpu', '%', percent, budget.cpuPercent, { ...at, restMs })
    } finally {
      await agent.stop()
    }
    const all = { ready: ready.map(Math.round), fixed: fixed.map(Math.round) }
    yield absoluteLine('idle/ready', 'ms', median(ready), budget.readyMs, { starts, all, slowness: slowness(fixed) })
  },
}

type Home = { data: string; port: number; folders: string[] }
type Access = Awaited<ReturnType<typeof standInWithAccess>>['access']

/** An agent with five connections to one Procore company, made by the command line, each with a full folder. */
async function makeHome(folder: string, access: Access): Promise<Home> {
  const home: Home = { data: join(folder, 'agent'), port: await freePort(), folders: [] }
  for (let n = 1; n <= connections; n++) {
    const exports = join(folder, `exports-${n}`)
    await mkdir(exports)
    home.folders.push(exports)
    for (let file = 1; file <= files; file++) await writeFile(join(exports, `vendors-${file}.csv`), vendorsOf(n, file))
    const flags = {
      ...{ name: `Books ${n}`, 'erp-company': `Practice ${n}`, folder: exports, port: String(home.port) },
      ...{ 'procore-company': access.companyId, 'procore-name': 'Practice Builders', environment: 'custom' },
      ...{ 'api-base': access.apiBase, 'login-base': access.loginBase, 'client-id': access.clientId, 'client-secret': access.clientSecret },
      ...{ 'admin-name': 'Ada', 'admin-email': 'ada@practice.example' },
    }
    await tieback(home.data, 'init', ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]))
  }
  return home
}

const vendorsOf = (connection: number, file: number): string =>
  ['Vendor,Name,City', ...Array.from({ length: 5 }, (_, n) => `C${connection}F${file}V${n},Vendor ${n} of file ${file},Portwell`), ''].join(
    '\r\n',
  )

/** Starts the agent once, until every file was taken; they are equally old, so that none waits for being older than another. */
async function takeAll({ data, port, folders }: Home): Promise<void> {
  const age = new Date(Date.now() - 3_600_000)
  for (const folder of folders) for (const name of await readdir(folder)) await utimes(join(folder, name), age, age)
  const agent = await startTieback(data, port)
  try {
    await everyFile(agent)
  } finally {
    await agent.stop()
  }
}

/** Waits until each file was taken, or seen to be the same as last time. */
async function everyFile(agent: TiebackProcess): Promise<void> {
  let taken = 0
  agent.onLine(({ msg }) => {
    if (msg === 'file-taken') taken += 1
  })
  await waitFor('every file is looked at', () => taken === connections * files, { withinMs: 300_000, shows: () => taken })
}

/** From spawn to /ready, ms. */
async function startOnce({ data, port }: Home): Promise<number> {
  const agent = await startTieback(data, port)
  await agent.stop()
  return agent.readyMs
}

/** User and system time of all threads so far, ms (proc(5): fields 14 and 15 of stat, in ticks). */
async function cpuMs({ pid }: TiebackProcess): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const [utime = 0, stime = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number)
  return ((utime + stime) * 1000) / ticksPerSecond
}

async function memoryMb({ pid }: TiebackProcess, name: 'VmRSS' | 'VmHWM'): Promise<number> {
  const line = (await readFile(`/proc/${pid}/status`, 'utf8')).split('\n').find((one) => one.startsWith(`${name}:`))
  return Number(line?.match(/\d+/)?.[0]) / 1024
}
