import { shown } from '../../../shared/ui/figures.tsx'
import { Icon } from '../../../shared/ui/icon.tsx'
import { fieldName } from '../../../shared/words/fields.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { sayStory } from '../../../shared/words/say-history.ts'
import { sayTold } from '../../../shared/words/say-problem.ts'
import { moment } from '../../../shared/words/when.ts'
import type { HistoryEntry } from '../../bridge/own-calls.ts'
import { icons } from '../../ui/icons.ts'
import { type Mark, marksOf, markWords } from './marks.ts'
import { exactTime } from './times.ts'
import type { TypeOf, Version } from './values.ts'
import { carriedBy, whoOf } from './who.ts'

type Props = { entry: HistoryEntry; erp: string; typeOf: TypeOf; words: Words }

const signs: Record<Mark, { path: string; tone: 'red' | 'gray' | 'blue' }> = {
  override: { path: icons.alert, tone: 'red' },
  unlink: { path: icons.unlinked, tone: 'gray' },
  undo: { path: icons.back, tone: 'blue' },
}

/** One thing that happened: when, on which side, what, both sides' versions, why, and who or what brought it. */
export function Entry({ entry, erp, typeOf, words }: Props) {
  const side = sideOf(entry, erp, words)
  const brought = [whoOf(entry, words), ...carriedBy(entry, words)].filter((text) => text !== '')
  const marks = marksOf(entry)
  return (
    <li tabIndex={-1} data-code={entry.code} data-marks={marks.join(' ')}>
      <time dateTime={entry.at} title={exactTime(entry.at, words, 'medium')}>
        {exactTime(entry.at, words)}
      </time>
      <div>
        <p class="what">
          {side && <span class="side">{side}</span>} <strong>{sayStory(entry, words)}</strong>{' '}
          {marks.map((mark) => (
            <span key={mark} class="pill" data-tone={signs[mark].tone} data-mark={mark}>
              <Icon path={signs[mark].path} />
              {say(words, markWords[mark])}
            </span>
          ))}
        </p>
        {entry.fields.length > 0 && <Versions entry={entry} erp={erp} typeOf={typeOf} words={words} />}
        {entry.problem && <p>{sayTold(words, entry.problem).says}</p>}
        {entry.params['reason'] && (
          <p>
            {say(words, 'evidence.reason')} – {entry.params['reason']}
          </p>
        )}
        <small>{[...brought, ...asOf(entry, words)].join(' · ')}</small>
      </div>
    </li>
  )
}

/** Which side alone it is about; null for what is about both. */
function sideOf({ code }: HistoryEntry, erp: string, words: Words): string | null {
  if (code.startsWith('record-')) return erp
  return code.startsWith('item-') ? say(words, 'figures.procore') : null
}

const asOf = ({ params }: HistoryEntry, words: Words): string[] => {
  const at = moment(params['asOf'], words.locale, new Date())
  return at === null ? [] : [`${say(words, 'evidence.asOf')} ${at}`]
}

/** Both sides as they were then; what a side said before stands in front where it is known. */
const Versions = ({ entry, erp, typeOf, words }: Props) => (
  <table class="figures versions">
    <thead>
      <tr>
        <th scope="col">{say(words, 'figures.field')}</th>
        <th scope="col">{say(words, 'figures.procore')}</th>
        <th scope="col">{erp}</th>
      </tr>
    </thead>
    <tbody>
      {entry.fields.map((version) => (
        <tr key={version.field}>
          <th scope="row">{fieldName(version.field, words)}</th>
          <Side was={version.procoreWas} now={version.procore} version={version} typeOf={typeOf} words={words} />
          <Side was={version.erpWas} now={version.erp} version={version} typeOf={typeOf} words={words} />
        </tr>
      ))}
    </tbody>
  </table>
)

type Value = string | null | undefined
type SideProps = { was: Value; now: Value; version: Version; typeOf: TypeOf; words: Words }

const Side = ({ was, now, version: { field }, typeOf, words }: SideProps) => {
  const text = (value: Value): string => {
    if (value === undefined) return say(words, 'figures.unknown')
    return value === null ? say(words, 'record.empty') : shown(value, typeOf(field, value), words)
  }
  if (was === undefined) return <td class={now ? '' : 'unknown'}>{text(now)}</td>
  return (
    <td class="moved">
      <del>{text(was)}</del> → <ins>{text(now)}</ins>
    </td>
  )
}
