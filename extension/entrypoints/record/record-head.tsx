import { useState } from 'preact/hooks'
import { fileName, saveFile } from '../../../shared/ui/save-file.ts'
import { StatePill } from '../../../shared/ui/state-pill.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayWhole } from '../../../shared/words/say-problem.ts'
import { moment } from '../../../shared/words/when.ts'
import { askOwn } from '../../bridge/own.ts'
import type { RecordView } from '../../bridge/own-calls.ts'
import { ownPage, type RecordAt } from '../../bridge/own-pages.ts'
import { icons } from '../../ui/icons.ts'

type Props = { record: RecordView; at: RecordAt; kept: boolean; words: Words }

/** What the record is called on both sides, how it stands and as of when, and what can be taken along of it. */
export function RecordHead({ record: { link, badge, mayKeep }, at, kept, words }: Props) {
  const { status, connection } = link
  const when = (iso: string | null): string => moment(iso, words.locale, new Date()) ?? say(words, 'asOf.unknown')
  const erp = connection?.erp ?? say(words, 'figures.erp')
  const asOf = { procore: when(status.procoreAsOf), erp, erpAsOf: when(status.erpAsOf) }
  return (
    <header>
      <p class="kind">
        {say(words, 'history.title')} · {sayCode(words, 'item', status.type)}
      </p>
      <h1>{nameOf(link)}</h1>
      <div class="stands">
        <StatePill tone={badge.tone} word={badge.word} path={icons[badge.icon]} hollow={badge.look === 'hollow'} />
        <span>{badge.says}</span>
      </div>
      <dl>
        <dt>{say(words, 'evidence.key')}</dt>
        <dd>
          <strong>{status.erpKey ?? say(words, 'record.none')}</strong> {connection && say(words, 'says.company', connection)}
        </dd>
      </dl>
      <small>{say(words, 'figures.asOf', asOf)}</small>
      <ul class="take-along">
        <li>
          <a class="button" href={ownPage({ ...at, shows: 'evidence' })} target="_blank" rel="noreferrer" aria-describedby="says-evidence">
            {say(words, 'evidence.open')}
          </a>
          <small id="says-evidence">{say(words, 'evidence.says')}</small>
        </li>
        <Snapshot at={at} kept={kept} mayKeep={mayKeep} words={words} />
      </ul>
    </header>
  )
}

/** By its number and name in Procore; an older agent says neither. */
function nameOf({ called, status }: RecordView['link']): string {
  const named = [called?.number, called?.name].filter(Boolean).join(' · ')
  return named === '' ? (status.erpKey ?? status.id) : named
}

/** There is a button only where something is kept; else it is said when that would be. */
function Snapshot({ at, kept, mayKeep, words }: Omit<Props, 'record'> & { mayKeep: boolean }) {
  const [said, setSaid] = useState<string | null>(null)
  const take = async (): Promise<void> => {
    const reply = await askOwn('snapshot', at)
    if ('problem' in reply) return setSaid(sayWhole(words, reply.problem))
    const file = fileName('snapshot', at.id, 'json')
    saveFile(file, 'application/json', JSON.stringify(reply.value, null, 2))
    setSaid(say(words, 'history.snapshot.saved', { file }))
  }
  const role = sayCode(words, 'role', 'accountant')
  const why = kept && !mayKeep ? sayWhole(words, { code: 'role-missing', params: { role } }) : null
  return (
    <li class="snapshot">
      {kept && (
        <button class="button" type="button" disabled={!mayKeep} aria-describedby="says-snapshot" onClick={() => void take()}>
          {say(words, 'history.snapshot')}
        </button>
      )}
      <small id="says-snapshot">
        {say(words, kept ? 'history.snapshot.says' : 'history.snapshot.none')} {why}
      </small>
      <small role="status">{said}</small>
    </li>
  )
}
