import type { DatabaseSync } from 'node:sqlite'

/** Fingerprints are kept in pieces, so that no single value is too large for any database. */
const pieceBytes = 1 << 20

/** The fingerprints of the last sealed take of a path, or null. */
export function loadPack(raw: DatabaseSync, source: number, path: string): Uint8Array | null {
  const rows = raw.prepare('select bytes from fingerprints where source = ? and path = ? order by piece').all(source, path)
  if (rows.length === 0) return null
  const parts = rows.map((row) => row['bytes'] as Uint8Array)
  const whole = new Uint8Array(parts.reduce((n, part) => n + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** `columns`: the header each field was read from; `header`: all of it. */
export type PackHead = {
  source: number
  path: string
  format: string
  settingsVersion: string
  sha256: string
  columns: Readonly<Record<string, string>>
  header: readonly string[]
}

/** Keeps the fingerprints of a take that is being sealed, in place of those before. */
export function storePack(
  raw: DatabaseSync,
  { source, path, format, settingsVersion, sha256, columns, header }: PackHead,
  pack: Uint8Array,
): void {
  const pieces = Math.ceil(pack.length / pieceBytes)
  const put = raw.prepare('insert or replace into fingerprints (source, path, piece, bytes) values (?, ?, ?, ?)')
  for (let piece = 0; piece < pieces; piece++) put.run(source, path, piece, pack.subarray(piece * pieceBytes, (piece + 1) * pieceBytes))
  raw.prepare('delete from fingerprints where source = ? and path = ? and piece >= ?').run(source, path, pieces)
  raw
    .prepare(
      'insert or replace into fingerprint_heads (source, path, format, settings_version, sha256, pieces, columns, header) values (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(source, path, format, settingsVersion, sha256, pieces, JSON.stringify(columns), JSON.stringify(header))
}
