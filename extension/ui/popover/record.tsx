import { useState } from 'preact/hooks'
import type { LinkAnswer } from '../../../shared/api/links.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'

/** The record in the ERP: its key to copy, its company, and the exact row it was read from. */
export function Record({ link, words }: { link: LinkAnswer; words: Words }) {
  const [shown, setShown] = useState(false)
  const { erpKey } = link.status
  return (
    <section>
      <h2>{say(words, 'record.title')}</h2>
      <div class="line">
        <span>
          <span class="key">{erpKey ?? say(words, 'record.none')}</span>{' '}
          {link.connection && <small>{say(words, 'says.company', link.connection)}</small>}
        </span>
        {erpKey && <Copy text={erpKey} words={words} />}
      </div>
      {link.row && (
        <button class="link" type="button" style="text-align: left" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {say(words, shown ? 'record.row.hide' : 'record.row')}
        </button>
      )}
      {link.row && shown && <Row row={link.row} words={words} />}
    </section>
  )
}

const Row = ({ row, words }: { row: NonNullable<LinkAnswer['row']>; words: Words }) => (
  <div class="row">
    <small>{say(words, 'record.source', { file: row.file, line: row.line })}</small>
    <dl>
      {row.columns.map(([name, value]) => [
        <dt key={name}>{name}</dt>,
        <dd key={`${name}=`} class={value === null ? 'empty' : ''}>
          {value ?? say(words, 'record.empty')}
        </dd>,
      ])}
    </dl>
  </div>
)

function Copy({ text, words }: { text: string; words: Words }) {
  const [done, setDone] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setDone(true)
  }
  return (
    <button class="button small" type="button" onClick={() => void copy()}>
      {say(words, done ? 'record.copied' : 'record.copy')}
    </button>
  )
}
