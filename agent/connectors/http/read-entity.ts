/** The pages of one kind of record become an export file as any other: a CSV with a header and, once it is whole, its manifest. */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { problem, Trouble } from '../../../shared/problem.ts'
import type { Cursor } from '../connector.ts'
import { layDown } from '../folder/lay-down.ts'
import { codeOf } from '../folder/list-folder.ts'
import type { Ask } from './ask.ts'
import { type DescribedEntity, type ReadAnswer, readAnswer } from './contract.ts'

export type ReadEntity = DescribedEntity & {
  url: string
  ask: Ask
  /** Where this connection was read up to; null reads all of it. */
  since: string | null
  /** Where it becomes a file. */
  inbox: string
  now: () => number
}

/** `sha256` null: there was nothing new, and there is no file. */
export type WasRead = { path: string; sha256: string | null; asOf: string; cursor: Cursor | null }

const atMostPages = 100_000

/** Reads it to its last page. A file lies there only once it is whole: under another name until then. */
export async function readEntity({ entity, fields, url, ask, since, inbox, now }: ReadEntity): Promise<WasRead> {
  const path = join(inbox, `${entity}.csv`)
  const part = `${path}.part`
  const otherwise = (found: string) => new Trouble(problem('connector-answer', { url, operation: 'read', found }))
  const file = await open(part, 'w', 0o600)
  const hash = createHash('sha256')
  const seen = new Set<string>()
  let [asOf, rows, page]: [string, number, string | null] = [new Date(now()).toISOString(), 0, null]
  let last: ReadAnswer
  try {
    await put(file, hash, line(fields))
    do {
      last = await ask('read', { entity, since, page }, readAnswer)
      if (page === null && last.asOf !== undefined) asOf = new Date(last.asOf).toISOString()
      const foreign = last.rows.flatMap(Object.keys).find((field) => !fields.includes(field))
      if (foreign !== undefined) throw otherwise(foreign)
      await put(file, hash, last.rows.map((row) => line(fields.map((field) => row[field] ?? ''))).join(''))
      rows += last.rows.length
      page = last.page ?? null
      if (page !== null && (seen.has(page) || seen.size >= atMostPages)) throw otherwise('same-page')
      if (page !== null) seen.add(page)
    } while (page !== null)
    if (last.complete === true && last.total === undefined) throw otherwise('total')
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally {
    await file.close()
  }
  const cursor = typeof last.cursor === 'string' ? { text: last.cursor, fields: fields.join(), whole: since === null } : null
  const complete = last.complete === true
  if (rows === 0 && !complete) {
    await rm(part, { force: true })
    return { path, sha256: null, asOf, cursor }
  }
  const sha256 = hash.digest('hex')
  const manifest = { entity, extractedAt: asOf, rows: complete ? last.total : rows, sha256, complete }
  if ((await hashAt(path)) === sha256)
    await rm(part, { force: true }) // it waits for a person: let it
  else await layDown(part, path, JSON.stringify(manifest))
  return { path, sha256, asOf, cursor }
}

async function hashAt(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(path)) hash.update(piece)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
  return hash.digest('hex')
}

async function put(file: FileHandle, hash: Hash, text: string): Promise<void> {
  hash.update(text)
  await file.writeFile(text)
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`
const cell = (text: string): string => (/[",\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text)
