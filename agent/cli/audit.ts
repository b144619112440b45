import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { csvHead, csvOf, type FiledAct, jsonBetween, jsonEnd, jsonHead, jsonOf } from '../../shared/act-file.ts'
import { actsBetween, type ChainCheck, checkChain, type ToldAct } from '../ledger/audit.ts'
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
  yield csvHead
  for (const act of acts) yield csvOf(filed(act))
}

function* json(acts: Iterable<ToldAct>, chain: ChainCheck, now: number): Generator<string> {
  let between = ''
  yield jsonHead(iso(now), chain)
  for (const act of acts) {
    yield `${between}${jsonOf(filed(act))}`
    between = jsonBetween
  }
  yield jsonEnd
}

const filed = ({ at, person, name, email, ...act }: ToldAct): FiledAct => ({
  ...act,
  at: iso(at),
  person: person === null ? null : { id: String(person), name, email },
})

const dayMs = 86_400_000
const iso = (ms: number): string => new Date(ms).toISOString()

function dayOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(at)) throw new UsageFault(`“${text}” is no day (yyyy-mm-dd).`)
  return at
}
