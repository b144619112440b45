import { useState } from 'preact/hooks'
import type { Words } from '../words/languages.ts'
import { say } from '../words/say.ts'
import { type Table, tableText } from './table-text.ts'

/** “Copy for Excel”: the table as it stands now, made when it is asked for. What came of it is said politely. */
export function CopyTable({ table, words }: { table: () => Table; words: Words }) {
  const [said, setSaid] = useState<'copy.done' | 'copy.refused' | null>(null)
  const copy = (): Promise<void> =>
    navigator.clipboard.writeText(tableText(table(), words.locale)).then(
      () => setSaid('copy.done'),
      () => setSaid('copy.refused'), // a browser may refuse by policy, or because the page lost the focus: the person is told
    )
  return (
    <span class="copy-table">
      <button class="link" type="button" onClick={() => void copy()}>
        {say(words, 'copy.action')}
      </button>{' '}
      <small role="status">{said && say(words, said)}</small>
    </span>
  )
}
