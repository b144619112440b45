import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { moment } from '../../../shared/words/when.ts'
import type { Details } from '../../bridge/calls.ts'

/** How old both sides are, which line it came from, and when it is looked at again: no number without its time. */
export const AsOf = ({ details: { link }, words }: { details: Details; words: Words }) => {
  const now = new Date()
  const at = (iso: string | null): string => moment(iso, words.locale, now) ?? say(words, 'asOf.unknown')
  const { status, row, lastRun, nextRun, connection } = link
  return (
    <>
      <small>
        {say(words, 'figures.asOf', {
          procore: at(status.procoreAsOf),
          erp: connection?.erp ?? say(words, 'figures.erp'),
          erpAsOf: at(status.erpAsOf),
        })}
        {row && ` · ${say(words, 'record.source', { file: row.file, line: row.line })}`}
      </small>
      <dl>
        <dt>{say(words, 'run.last')}</dt>
        <dd>{lastRun ? `${at(lastRun.at)} · ${sayCode(words, 'run.state', lastRun.state)}` : say(words, 'run.none')}</dd>
        <dt>{say(words, 'run.next')}</dt>
        <dd>{nextRun ? at(nextRun) : say(words, 'run.on-export')}</dd>
        <dt>{say(words, 'owner.title')}</dt>
        <dd>{sayCode(words, 'owner', link.owner)}</dd>
      </dl>
    </>
  )
}
