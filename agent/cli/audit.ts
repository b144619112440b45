import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { csvLine } from '../../shared/csv.ts'
import { actsBetween, browserSaid, type ChainCheck, checkChain, type ToldAct } from '../ledger/audit.ts'
import { openReading } from '../ledger/open.ts'
import { inFolder } from '../settings/data-folder.ts'
import { type CliCommand, type CliContext, exit, textOf, UsageFault } from './command.ts'
import { requireSettings } from './open-agent.ts'

const usage = 'audit verify [HEAD] | audit export FILE.csv|FILE.json [--from yyyy-mm-dd] [--to yyyy-mm-dd]'

export const audit: CliCommand = {
  says: 'Prove that the log of acts is whole, or hand it out as CSV or JSON.',
  usage: `${usage}
  HEAD    what an earlier verify printed: shows that nothing was cut off since
  --from  first day, UTC
  --to    last day, UTC`,
  options: { from: { type: 'string' }, to: { type: 'string' } },
  async run(context) {
    const [act, word] = context.words
    const settings = await requireSettings(context.folder)
    const raw = openReading(inFolder(context.folder, settings.data.ledger))
    try {
      if (act === 'verify') return verify(context, raw, word ?? null)
      if (act === 'export' && word !== undefined) return await handOut(context, raw, resolve(word))
      throw new UsageFault(usage)
    } finally {
      raw.close()
    }
  },
}

function verify({ out }: CliContext, raw: DatabaseSync, kept: string | null): number {
  const found = checkChain(raw, kept)
  out.say(saidOf(found, kept))
  out.result({ ...found, whole: isWhole(found) })
  return isWhole(found) ? exit.fine : exit.trouble
}

const isWhole = ({ broken, holds }: ChainCheck): boolean => broken === null && holds !== false

function saidOf({ acts, head, broken, holds }: ChainCheck, kept: string | null): string {
  if (broken)
    return `Act ${broken.id} (${iso(broken.at)}, ${broken.act}) does not follow from the ${acts} before it: the ledger was changed by another program. Keep this file, and compare it with a backup.`
  if (holds === false)
    return `All ${acts} acts follow from each other, but ${kept} is not among them: acts were taken away. Compare with a backup.`
  return `All ${acts} acts follow from each other. Keep this elsewhere, to prove later that none was taken away:\n${head || 'no act yet'}`
}

/** Writes a new file; one that is there is left as it is. */
async function handOut({ out, values, now }: CliContext, raw: DatabaseSync, file: string): Promise<number> {
  const kind = file.endsWith('.csv') ? csv : file.endsWith('.json') ? json : null
  if (kind === null) throw new UsageFault('The file’s name says what is wanted: .csv or .json.')
  const last = dayOf(textOf(values, 'to'))
  const to = last === null ? Number.MAX_SAFE_INTEGER : last + dayMs
  const chain = checkChain(raw)
  const counted = { acts: 0 }
  const acts = counting(actsBetween(raw, dayOf(textOf(values, 'from')) ?? 0, to), counted)
  await pipeline(Readable.from(kind(acts, chain, now())), createWriteStream(file, { flags: 'wx', mode: 0o600 })).catch((cause) => {
    throw (cause as NodeJS.ErrnoException).code === 'EEXIST' ? new UsageFault(`${file} is there already; nothing was written.`) : cause
  })
  out.say(`${counted.acts} acts were written to ${file}.`)
  out.say(saidOf(chain, null))
  out.result({ file, acts: counted.acts, chain: { ...chain, whole: isWhole(chain) } })
  return isWhole(chain) ? exit.fine : exit.trouble
}

function* counting<T>(all: Iterable<T>, counted: { acts: number }): Generator<T> {
  for (const one of all) {
    counted.acts += 1
    yield one
  }
}

function* csv(acts: Iterable<ToldAct>): Generator<string> {
  yield csvLine(columns)
  for (const act of acts) yield csvLine(cellsOf(act))
}

function* json(acts: Iterable<ToldAct>, chain: ChainCheck, now: number): Generator<string> {
  let between = '\n'
  yield `{"made":${JSON.stringify(iso(now))},"chain":${JSON.stringify(chain)},"acts":[`
  for (const act of acts) {
    yield `${between}${JSON.stringify(toldOf(act))}`
    between = ',\n'
  }
  yield '\n]}\n'
}

const columns = ['number', 'at', 'person', 'email', 'from', 'browser', 'act', 'subject', 'before', 'after', 'hash']

const cellsOf = ({ id, at, name, email, origin, browser, act, subject, before, after, hash }: ToldAct): (string | null)[] => [
  ...[String(id), iso(at), name, email, origin, browserSaid(browser), act, subject, before, after, hash],
]

const toldOf = ({ id, at, person, name, email, origin, browser, act, subject, before, after, hash }: ToldAct) => ({
  ...{
    id,
    at: iso(at),
    person: person === null ? null : { id: String(person), name, email },
    from: origin,
    browser: dataOf(browser),
    act,
    subject,
  },
  ...{ before: dataOf(before), after: dataOf(after), hash },
})

/** Data as it was stored; what another program made unreadable is handed out as the text it is now, beside the broken chain. */
function dataOf(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}

const dayMs = 86_400_000
const iso = (ms: number): string => new Date(ms).toISOString()

function dayOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(at)) throw new UsageFault(`“${text}” is no day (yyyy-mm-dd).`)
  return at
}
