/** Reads what a connector gives whenever its schedule or a person says so; what it read lies in a private folder and is taken as any export is. */
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type ProblemCode, problem, Trouble } from '../../../shared/problem.ts'
import { asked } from '../asked.ts'
import type { AskedParts, Connector, Cursor, ExportFile } from '../connector.ts'
import { folder } from '../folder/folder.ts'
import { codeOf } from '../folder/list-folder.ts'
import { type Ask, asker } from './ask.ts'
import { type DescribedEntity, describeAnswer } from './contract.ts'
import { readEntity } from './read-entity.ts'
import type { Http, HttpSettings } from './settings.ts'
import { whatIsWrong } from './what-is-wrong.ts'

const hourMs = 3_600_000
/** A file without its manifest rests so long before it is taken; with it, it is taken at once. */
const quietMs = 1_000

const told = ['connector-silent', 'connector-key', 'connector-answer', 'connector-field', 'disk-full'] as const satisfies ProblemCode[]

export async function startAsking(settings: Http, parts: AskedParts): ReturnType<Connector<HttpSettings>['start']> {
  const inbox = join(parts.spoolFolder, 'inbox')
  await mkdir(inbox, { recursive: true })
  /** By file, of what was read last; a file that is not the one read then moves no cursor. */
  const read = new Map<string, { sha256: string; cursor: Cursor }>()
  const asRead = (file: ExportFile): ExportFile => {
    const last = read.get(file.path)
    const cursor = last?.sha256 === file.sha256 ? last.cursor : undefined
    const complete = file.complete.proof === 'none' ? { proof: 'part' as const } : file.complete
    return { ...file, plain: basename(file.name, '.csv'), complete, cursor }
  }
  const taking = await folder.start(
    { path: inbox, originals: 'move', quietMs, keepDays: settings.keepDays },
    { ...parts, onFile: (file) => parts.onFile(asRead(file)) },
  )
  const ask = asker({ url: settings.url, key: () => parts.secret('key'), signal: parts.signal })

  /** Where only what changed is asked for: the same fields as before, and all of it was read not long ago. */
  function since({ entity, fields }: DescribedEntity): string | null {
    const known = parts.cursor(entity)
    const isFresh = known !== null && parts.now() - known.wholeAt < settings.wholeHours * hourMs
    return isFresh && known.fields === fields.join() ? known.text : null
  }

  async function readOne(one: DescribedEntity): Promise<void> {
    const { path, sha256, asOf, cursor } = await readEntity({ ...one, url: settings.url, ask, since: since(one), inbox, now: parts.now })
    read.delete(path)
    if (cursor === null) return
    if (sha256 !== null) read.set(path, { sha256, cursor })
    else await parts.onNothingNew(path, asOf, cursor)
  }

  const whenNext = (): string => new Date(parts.now() + settings.everyMinutes * 60_000).toISOString()
  return asked({
    ...{ ...parts, taking, told },
    work: () => readAsDescribed(settings.url, ask, parts, readOne),
    as: (met) => (met.code === 'connector-silent' ? { ...met, params: { ...met.params, when: whenNext() } } : met),
  })
}

/** One kind of record after the other; trouble with one stops no other, but what keeps all of them stops. */
async function readAsDescribed(
  url: string,
  ask: Ask,
  parts: AskedParts,
  readOne: (one: DescribedEntity) => Promise<void>,
): Promise<Trouble[]> {
  const troubles: Trouble[] = []
  try {
    const described = await ask('describe', {}, describeAnswer)
    const wrong = whatIsWrong(described, url, parts)
    if (wrong) return [new Trouble(wrong)]
    for (const one of described.entities)
      await readOne(one).catch((error: unknown) => {
        if (!(error instanceof Trouble) || error.problem.code !== 'connector-answer') throw error
        troubles.push(error)
      })
  } catch (error) {
    troubles.push(asTrouble(error))
  }
  return troubles
}

function asTrouble(error: unknown): Trouble {
  if (error instanceof Trouble) return error
  if (['ENOSPC', 'EDQUOT'].includes(codeOf(error))) return new Trouble(problem('disk-full'), error)
  throw error
}
