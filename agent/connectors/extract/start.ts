/** Has the exports made whenever the schedule or a person says so, then takes them as any that arrive. */
import { mkdir, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type ProblemCode, problem, Trouble } from '../../../shared/problem.ts'
import { asked } from '../asked.ts'
import type { AskedParts, Connector } from '../connector.ts'
import { folder } from '../folder/folder.ts'
import { readJob } from './job.ts'
import { programOf } from './program.ts'
import { runQuery } from './run-query.ts'
import { type Extract, type ExtractSettings, quietUntil } from './settings.ts'

const told = ['script-not-agreed', 'job-wrong', 'extract-failed', 'extract-late', 'file-unreadable'] as const satisfies ProblemCode[]

export async function startExtracting(settings: Extract, parts: AskedParts): ReturnType<Connector<ExtractSettings>['start']> {
  const taking = await folder.start({ ...settings.folder, originals: 'leave' }, parts)

  async function extractAll(): Promise<Trouble[]> {
    const troubles: Trouble[] = []
    const one = async (work: () => Promise<void>): Promise<void> => {
      await work().catch((error: unknown) => {
        if (!(error instanceof Trouble)) throw error
        troubles.push(error)
      })
    }
    await one(async () => {
      const { script, job, queries } = await asAgreed(settings, parts)
      for (const query of queries) {
        if (parts.signal.aborted || quietUntil(settings, parts.now()) !== null) return
        const { command, limitMinutes, folder: of } = settings
        await one(() => runQuery({ query, command, script, job, limitMinutes, folder: of.path, now: parts.now, signal: parts.signal }))
      }
    })
    return troubles
  }

  return asked({ ...parts, taking, told, work: extractAll })
}

/** What runs are private copies of the very texts an admin agreed to: whoever changes a file meanwhile changes nothing. */
async function asAgreed(settings: Extract, { agreed, spoolFolder }: AskedParts) {
  const { files, sha256 } = await programOf(settings)
  if (agreed() !== sha256) throw new Trouble(problem('script-not-agreed', { script: settings.script, job: settings.job }))
  const [script, job] = files
  const read = readJob(job?.text ?? '', settings.job)
  if ('code' in read) throw new Trouble(read)
  const place = join(spoolFolder, 'extract')
  await mkdir(place, { recursive: true })
  const copies = [join(place, `script${extname(settings.script)}`), join(place, 'job.json')] as const
  await writeFile(copies[0], script?.text ?? '', { mode: 0o600 })
  await writeFile(copies[1], job?.text ?? '', { mode: 0o600 })
  return { script: copies[0], job: copies[1], queries: read.queries }
}
