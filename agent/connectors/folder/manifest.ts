/**
 * What a writer may lay beside an export to say that it is whole: `<name>.manifest.json` with entity, time, rows and hash, or `<name>.ok`,
 * empty or with the row count. Either ends the waiting; only a row count proves completeness. A manifest may name the set its export is one of.
 */
import { readFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { entities } from '../../../shared/item.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import type { Completeness } from '../connector.ts'
import { codeOf, type Listing } from './list-folder.ts'
import type { Seen } from './settle.ts'

export const manifestSuffix = '.manifest.json'
export const okSuffix = '.ok'

const manifest = z.object({
  entity: z.optional(z.enum(entities)),
  extractedAt: z.optional(z.iso.datetime({ offset: true })),
  rows: z.optional(z.int().check(z.gte(0))),
  sha256: z.optional(z.string().check(z.regex(/^[0-9a-fA-F]{64}$/))),
  complete: z._default(z.boolean(), false),
  /** The export is one of several, all named here, this one too; names only: nothing outside the folder. */
  files: z.optional(z.array(z.string().check(z.regex(/^[^/\\]{1,255}$/))).check(z.maxLength(100))),
})

type Manifest = z.output<typeof manifest>

/** A file's companion in a listing, if it has one. */
export type Companion = { kind: 'manifest' | 'ok'; name: string; seen: Seen }

export function companionOf(name: string, { files }: Listing): Companion | null {
  const manifestSeen = files.get(name + manifestSuffix)
  if (manifestSeen) return { kind: 'manifest', name: name + manifestSuffix, seen: manifestSeen }
  const okSeen = files.get(name + okSuffix)
  return okSeen ? { kind: 'ok', name: name + okSuffix, seen: okSeen } : null
}

/** A companion much older than its file is that of an earlier export, and an empty manifest one being written: its writer will bring the new one. */
export const belongs = ({ kind, seen }: Companion, file: Seen, quietMs: number): boolean =>
  seen.mtimeMs >= file.mtimeMs - quietMs && (kind === 'ok' || seen.size > 0)

/** What a companion says. */
export type Said = {
  complete: Completeness
  asOf?: string | undefined
  entity?: Manifest['entity']
  sha256?: string | undefined
  files?: readonly string[] | undefined
}

export const saidNothing: Said = { complete: { proof: 'none' } }

/** Reads a companion at `path`; a manifest that is no manifest is a problem, an .ok file with other words than a number proves nothing. */
export async function readCompanion(path: string, kind: Companion['kind'], file: string): Promise<Said | Problem> {
  const text = await readFile(path, 'utf8').catch(ifGone)
  if (text === null) return saidNothing
  return kind === 'ok' ? okSays(text) : manifestSays(text, file)
}

function okSays(text: string): Said {
  const rows = /^\s*(\d{1,12})\s*$/.exec(text)?.[1]
  return rows === undefined ? saidNothing : { complete: { proof: 'ok-file', rows: Number(rows) } }
}

/** The manifest's word, or why it cannot be used. */
export function manifestSays(text: string, file: string): Said | Problem {
  const read = manifest.safeParse(json(text))
  if (!read.success) return mismatch(file, 'layout', read.error.issues[0]?.path.join('.') || 'no-json', 'manifest')
  const { rows, complete, extractedAt, entity, sha256, files } = read.data
  return {
    complete: complete && rows !== undefined ? { proof: 'manifest', rows } : { proof: 'none' },
    asOf: extractedAt === undefined ? undefined : new Date(extractedAt).toISOString(),
    entity,
    sha256: sha256?.toLowerCase(),
    files,
  }
}

/** The hash a manifest promises against the one found; null when they agree or nothing was promised. */
export const hashMismatch = (said: Said, sha256: string, file: string): Problem | null =>
  said.sha256 === undefined || said.sha256 === sha256 ? null : mismatch(file, 'sha256', sha256, said.sha256)

const mismatch = (file: string, what: 'layout' | 'sha256', found: string, said: string): Problem =>
  problem('manifest-mismatch', { file, what, found, said }, { file })

function json(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    // Whatever is wrong with it, the schema refuses `undefined` next and says so.
    return undefined
  }
}

function ifGone(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null
  throw error
}
