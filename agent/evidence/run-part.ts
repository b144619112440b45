/** What is shown of one run: its file, what it counted, and every link that moved by it. */
import type { DatabaseSync } from 'node:sqlite'
import type { Words } from '../../shared/words/languages.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import { sayCounts } from '../../shared/words/say-counts.ts'
import { stateOf } from '../ledger/links.ts'
import { erpOfConnection, type Shown } from './link-part.ts'
import { pairs, section, table } from './page.ts'
import type { Speaks } from './spoken.ts'

/** So many links stand on one page; the rest is counted. */
const linksAtMost = 5_000

/** Null for a run nobody knows. */
export function runPart(raw: DatabaseSync, run: number, { words, at, fileText, state }: Speaks): Shown | null {
  const row = raw
    .prepare(
      `select u.*, f.name as file_name, f.sha256, f.as_of, p.name as by_name from runs u left join export_files f on f.id = u.file
         left join people p on p.id = u.started_by where u.id = ?`,
    )
    .get(run)
  if (!row) return null
  const title = say(words, 'evidence.of-run', { run })
  const file = { name: String(row['file_name']), sha256: String(row['sha256']), line: null }
  const told = pairs([
    ['ERP', erpOfConnection(raw, Number(row['connection']))],
    [
      say(words, 'evidence.what'),
      [
        sayCode(words, 'run.kind', String(row['kind'])),
        row['entity'] === null ? '' : `, ${sayCode(words, 'entity', String(row['entity']))}`,
      ],
    ],
    [say(words, 'evidence.state'), sayCode(words, 'run.state', String(row['state']))],
    [say(words, 'evidence.started'), at(Number(row['started_at']))],
    [say(words, 'evidence.ended'), row['ended_at'] === null ? '–' : at(Number(row['ended_at']))],
    [say(words, 'evidence.who'), row['by_name'] === null ? say(words, 'evidence.agent') : String(row['by_name'])],
    [say(words, 'evidence.file'), row['file_name'] === null ? '–' : fileText(file)],
    [say(words, 'evidence.asOf'), row['as_of'] === null ? '–' : at(Number(row['as_of']))],
    [say(words, 'evidence.counts'), countsText(String(row['counts']), words)],
  ])
  return { title, parts: [section(title, told), movesOf(raw, run, { words, state })] }
}

const countsText = (counts: string, words: Words): string =>
  sayCounts(JSON.parse(counts) as Record<string, unknown>, words)
    .map(({ name, value }) => `${name} ${value}`)
    .join(' · ')

function movesOf(raw: DatabaseSync, run: number, { words, state }: Pick<Speaks, 'words' | 'state'>) {
  const count = Number(raw.prepare('select count(*) as n from history where run = ?').get(run)?.['n'])
  const moves = raw
    .prepare(
      `select h.from_state, h.to_state, r.key, s.entity from history h join records r on r.id = h.record join sources s on s.id = r.source
       where h.run = ? order by h.id limit ${linksAtMost}`,
    )
    .all(run)
  const head = [say(words, 'evidence.key'), say(words, 'evidence.what'), say(words, 'story.moved')]
  const rows = moves.map((move) => [
    String(move['key']),
    sayCode(words, 'entity', String(move['entity'])),
    `${move['from_state'] === null ? '' : state(stateOf(move['from_state']))} → ${state(stateOf(move['to_state']))}`,
  ])
  const more = count > moves.length ? say(words, 'evidence.more', { count: count - moves.length }) : null
  return section(say(words, 'evidence.moves'), rows.length === 0 ? say(words, 'evidence.none') : table(head, rows), more)
}
