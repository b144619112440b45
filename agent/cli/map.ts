import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { type Entity, entities } from '../../shared/item.ts'
import { Trouble } from '../../shared/problem.ts'
import { defaultReadSettings } from '../formats/format.ts'
import { headerName } from '../formats/header-names.ts'
import { chooseFormat, knownNames } from '../formats/identify.ts'
import { formats } from '../formats/index.ts'
import { layoutOf } from '../formats/layout.ts'
import { records } from '../formats/records/index.ts'
import { fileKind } from '../formats/workbook/kind.ts'
import { type Proposal, propose, type Reason } from '../mapping/propose.ts'
import { readingChanges } from '../mapping/reading-changes.ts'
import { type SampleLayout, sampleLayout } from '../mapping/sample-layout.ts'
import { type CliCommand, exit, type Output, textOf, UsageFault, type Values } from './command.ts'

const usage = 'map FILE [--entity ENTITY] [--column FIELD=HEADER …] [--save FILE.json]'

const reasons: Record<Reason, string> = {
  said: 'as you said',
  'same-name': 'the same name',
  'same-words': 'another word for the same',
  'like-words': 'a name much like it',
  'only-date': 'the only dates left',
  'only-amount': 'the only amounts left',
  'only-code': 'the only values left that tell rows apart',
  repeats: 'but its values repeat',
}

/** How sure a confidence is, in words. */
const sureness = (confidence: number): string => (confidence >= 0.9 ? 'certain' : confidence >= 0.6 ? 'likely' : 'a guess')

export const map: CliCommand = {
  says: 'Propose which columns of an export are which fields; a person confirms it.',
  usage: `${usage}
  --entity  what the file holds: ${entities.join(', ')}
  --column  the header of a field, where the proposal is wrong or lacks one; repeatable
  --save    write the mapping there, for “tieback init --mapping”; an existing file is left alone`,
  options: { entity: { type: 'string' }, column: { type: 'string', multiple: true }, save: { type: 'string' } },
  async run({ values, words: [path], out }) {
    if (path === undefined) throw new UsageFault(usage)
    const sample = sampleOf(path)
    const entity = entityOf(values)
    const known = entity === undefined ? chooseFormat({ ...sample, name: basename(path), mappings: [] }, formats) : null
    if (known !== null && 'format' in known) {
      out.say(`${basename(path)} is known: ${known.format.title}. It needs no mapping.`)
      out.result({ known: known.format.id })
      return exit.fine
    }
    const proposal = propose(sample, defaultReadSettings, { entity, columns: columnsSaid(values, sample.header, entity) })
    say(proposal, out)
    const isWhole = proposal.lacking.length === 0
    const to = textOf(values, 'save')
    if (to !== undefined && isWhole) await save(to, proposal)
    const reading = readingChanges(proposal.readings, sample.tried, defaultReadSettings)
    next(proposal, reading, to, out)
    out.result({ ...proposal, mapping: isWhole ? mappingOf(proposal) : null, reading })
    return isWhole ? exit.fine : exit.trouble
  },
}

type Sample = SampleLayout & { header: readonly string[] }

/** The start of a text file. Throws in words where it has no header, or is no text. */
function sampleOf(path: string): Sample {
  if (!existsSync(path)) throw new UsageFault(`${path} is not there.`)
  if (fileKind(path) !== 'text')
    throw new UsageFault(
      `${basename(path)} is no text file. Save the sheet as CSV for the proposal; the mapping then serves the workbook too.`,
    )
  const layout = sampleLayout((delimiter) => layoutOf(path, basename(path), { ...defaultReadSettings, delimiter }, knownNames(formats)))
  if ('code' in layout) throw new Trouble(layout)
  const { header } = layout
  if (header === null) throw new UsageFault(`${basename(path)} has no line that looks like column names.`)
  return { ...layout, header }
}

function entityOf(values: Values): Entity | undefined {
  const said = textOf(values, 'entity')
  if (said === undefined) return undefined
  const entity = entities.find((one) => one === said)
  if (entity === undefined) throw new UsageFault(`--entity is one of ${entities.join(', ')}.`)
  return entity
}

function columnsSaid(values: Values, header: readonly string[], entity: Entity | undefined): Record<string, string> {
  const said = [values['column'] ?? []].flat().map((one) => String(one).split(/=(.*)/s))
  if (said.length > 0 && entity === undefined) throw new UsageFault('--column needs --entity: fields belong to one.')
  const fields = entity === undefined ? [] : records[entity].fields.map(({ field }) => field)
  for (const [field = '', name = ''] of said) {
    if (!fields.includes(field)) throw new UsageFault(`${entity} has no field ${field}; it has ${fields.join(', ')}.`)
    if (!header.some((one) => headerName(one) === headerName(name)))
      throw new UsageFault(`The file has no column ${name}; it has ${header.join(', ')}.`)
  }
  return Object.fromEntries(said.map(([field = '', name = '']) => [field, name]))
}

function say({ entity, confidence, others, columns, lacking, unused, readings }: Proposal, out: Output): void {
  const also = others.slice(0, 3).map((other) => other.entity)
  out.say(`This looks like ${entity} (${sureness(confidence)})${also.length > 0 ? `, else ${also.join(', ')}` : ''}.`)
  const wide = Math.max(0, ...columns.map(({ field }) => field.length))
  for (const { field, header, confidence: of, because } of columns)
    out.say(`  ${field.padEnd(wide)}  ← ${header}  (${sureness(of)}: ${because.map((reason) => reasons[reason]).join(', ')})`)
  for (const field of lacking) out.say(`  ${field.padEnd(wide)}  ← no column seems to be it, and its records cannot be told apart without`)
  if (unused.length > 0) out.say(`Columns left: ${unused.join(', ')}.`)
  if (readings.date.length > 1)
    out.say(`Its dates may be read as ${readings.date.join(' or ')}: no day of them says which. Say it with --reading.`)
  if (readings.decimal.length > 1) out.say('Its amounts may have a decimal comma or point: none of them says which. Say it with --reading.')
}

const mappingOf = ({ entity, columns }: Proposal): { entity: Entity; columns: Record<string, string> } => ({
  entity,
  columns: Object.fromEntries(columns.map(({ field, header }) => [field, header])),
})

async function save(path: string, proposal: Proposal): Promise<void> {
  const text = `${JSON.stringify([mappingOf(proposal)], null, 2)}\n`
  await writeFile(path, text, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST') throw Object.assign(new UsageFault(`${path} is there already; it was left alone.`), { cause })
    throw cause
  })
}

function next(proposal: Proposal, reading: Record<string, unknown>, saved: string | undefined, out: Output): void {
  if (proposal.lacking.length > 0) {
    out.say(`Say which column it is: --entity ${proposal.entity} ${proposal.lacking.map((field) => `--column ${field}=HEADER`).join(' ')}`)
    return
  }
  const more = Object.keys(reading).length === 0 ? '' : ` --reading '${JSON.stringify(reading).replaceAll("'", '\\u0027')}'` // whole between a shell's quotes
  out.say(
    saved === undefined
      ? 'Nothing is set. Write it down with --save mapping.json, look through it, change what is wrong.'
      : `Written to ${resolve(saved)}; nothing is set. Look through it, then: tieback init --name NAME --mapping ${saved}${more}`,
  )
}
