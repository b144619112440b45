/** Watched export folders: the connector for an ERP that writes files. */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Problem, problem } from '../../../shared/problem.ts'
import type { Connector, ConnectorParts, TestStep } from '../connector.ts'
import { isIgnored } from './ignore.ts'
import { dropHalfCopies, sweep } from './keep.ts'
import { codeOf, listShare, pathIn } from './list-folder.ts'
import { type FolderSettings, folderFault, folderOf } from './settings.ts'
import { FolderWatch } from './watch.ts'

const sweepEveryMs = 6 * 3_600_000

export const folder = {
  id: 'folder',
  fields: [
    { name: 'path', type: 'path', mandatory: true },
    { name: 'share', type: 'flag', mandatory: false, default: false },
    { name: 'quietMs', type: 'number', mandatory: false },
    { name: 'scanMs', type: 'number', mandatory: false },
    { name: 'originals', type: 'choice', mandatory: false, default: 'leave', choices: ['leave', 'move'] },
    { name: 'keepDays', type: 'number', mandatory: false, default: 14 },
  ],
  fault: folderFault,
  asksEvery: () => null, // files arrive
  test: async (settings: FolderSettings) => {
    const { path } = folderOf(settings)
    const readable = await step(
      'reachable',
      () => readdir(path),
      (reason) => problem('folder-unreachable', { folder: path, reason, when: 'next-test' }),
    )
    const writable = await step(
      'writable',
      () => tryWriting(path),
      () => problem('folder-read-only', { folder: path }),
    )
    return [readable, writable]
  },
  sample: async (settings: FolderSettings) => {
    const { path } = folderOf(settings)
    const files = [...(await listShare(path)).files].filter(([name]) => !isIgnored(name))
    const [newest] = files.toSorted(([, a], [, b]) => b.mtimeMs - a.mtimeMs)
    return newest ? { path: pathIn(path, newest[0]), name: newest[0] } : null
  },
  start: async (settings: FolderSettings, parts: ConnectorParts) => {
    const chosen = folderOf(settings)
    await mkdir(parts.spoolFolder, { recursive: true })
    const dropped = dropHalfCopies({ folder: chosen.path, spoolFolder: parts.spoolFolder }).catch(() => undefined) // what stays expires
    if (!chosen.share) await dropped // a dead share must not keep the agent from starting
    const watch = new FolderWatch(chosen, parts)
    await watch.start()
    const clean = (): Promise<unknown> =>
      sweep({ folder: chosen.path, spoolFolder: parts.spoolFolder, keepDays: chosen.keepDays }, parts.now()).catch(() => 0)
    // Sweeping is housekeeping: what cannot be removed now is tried at the next one.
    const timer = setInterval(clean, sweepEveryMs)
    timer.unref()
    parts.signal.addEventListener('abort', () => clearInterval(timer), { once: true })
    return { checkNow: () => watch.checkNow(), readWaiting: () => watch.readWaiting() }
  },
} satisfies Connector<FolderSettings>

async function step(name: string, work: () => Promise<unknown>, trouble: (reason: string) => Problem): Promise<TestStep> {
  const began = performance.now()
  try {
    await work()
    return { name, ok: true, ms: performance.now() - began }
  } catch (error) {
    return { name, ok: false, ms: performance.now() - began, problem: trouble(codeOf(error)) }
  }
}

async function tryWriting(path: string): Promise<void> {
  const probe = join(path, `.tieback-${randomUUID()}.tmp`)
  await writeFile(probe, '')
  await rm(probe)
}
