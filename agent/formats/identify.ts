/** Whose file is this? Exactly one format may claim it; two claims are a problem, never first-come, and no claim names the nearest. */
import { type Problem, problem } from '../../shared/problem.ts'
import type { Format, ReadSettings, Sample } from './format.ts'
import { headerName, headerNames } from './header-names.ts'
import { formatsFor } from './index.ts'
import { type Layout, layoutOf } from './layout.ts'
import { missingColumns } from './standard-format.ts'

/** `also`: formats of further kinds of record in the same rows. */
export type Identified = Claimed & { layout: Layout & { header: readonly string[] } }

type Claimed = { format: Format; also: readonly Format[] }

/** Looks at the first 64 KB of `path`. `name` is what a person calls the file. */
export function identify(path: string, name: string, settings: ReadSettings): Identified | Problem {
  const formats = formatsFor(settings)
  const layout = layoutOf(path, name, settings, knownNames(formats))
  if ('code' in layout) return layout
  const { delimiter, header, rows } = layout
  const chosen = chooseFormat({ name, delimiter, header, rows, mappings: settings.mappings }, formats)
  return 'code' in chosen || header === null ? (chosen as Problem) : { ...chosen, layout: { ...layout, header } }
}

/** Comparable names of every column the formats know. */
export const knownNames = (formats: readonly Format[]): Set<string> =>
  new Set(formats.flatMap((format) => format.columns.flatMap((column) => column.headers.map(headerName))))

/** The one format that claims the sample, and those that ride on it; or the problem to show. */
export function chooseFormat(sample: Sample, formats: readonly Format[]): Claimed | Problem {
  const fitting = sample.header === null ? [] : formats.filter((format) => format.identify(sample))
  const claims = fitting.filter((format) => format.ridesOn === undefined)
  const [only, ...more] = claims
  if (only === undefined) return unknown(sample, formats)
  if (more.length === 0) return { format: only, also: fitting.filter((format) => format.ridesOn === only.id) }
  return problem('file-ambiguous', { file: sample.name, formats: claims.map((format) => format.title).join(', ') }, { file: sample.name })
}

function unknown({ name, header }: Sample, formats: readonly Format[]): Problem {
  if (header === null) return problem('file-unknown', { file: name, suggestion: 'no-header' }, { file: name })
  return problem('file-unknown', { file: name, ...nearest(header, formats) }, { file: name })
}

type Nearest = { suggestion: 'format'; title: string; missing: string } | { suggestion: 'format-marks'; title: string }

/** The format that shares most columns with the header, and what it misses; the columns where none shares any. */
function nearest(header: readonly string[], formats: readonly Format[]): Nearest | { suggestion: 'columns'; columns: string } {
  const names = headerNames(header)
  const shared = (format: Format): number =>
    format.columns.filter((column) => column.headers.some((one) => names.has(headerName(one)))).length
  const [best] = formats.filter((format) => format.ridesOn === undefined).sort((a, b) => shared(b) - shared(a))
  if (best === undefined || shared(best) === 0) return { suggestion: 'columns', columns: header.slice(0, 12).join(', ') }
  const [{ title }, missing] = [best, missingColumns(best, header)]
  return missing.length > 0 ? { suggestion: 'format', title, missing: missing.join(', ') } : { suggestion: 'format-marks', title }
}
