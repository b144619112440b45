import type { LinkAnswer } from '../../../shared/api/links.ts'
import { Icon } from '../../../shared/ui/icon.tsx'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayWhole } from '../../../shared/words/say-problem.ts'
import { icons } from '../icons.ts'
import type { UnlinkRequest } from '../popover-door.ts'
import { recordAt } from './record-at.ts'
import type { Answer } from './stand.ts'

type Props = { answer: Answer; link: LinkAnswer | null; request: UnlinkRequest }

/** How an act ended: green with what is now possible, or red with the reason. */
export function Outcome({ answer, link, request }: Props) {
  const { words } = request
  if (answer.outcome === 'under-way') return <p>{say(words, 'unlink.under-way')}</p>
  if (answer.outcome === 'unlinked') return <Done link={link} request={request} />
  if (answer.outcome === 'relinked')
    return (
      <p class="good">
        <Icon path={icons.check} /> <strong>{say(words, 'undo.done')}</strong>
      </p>
    )
  const why = answer.of === 'undo' ? answer.why : null
  if (answer.outcome === 'reading') return <p>{say(words, 'unlink.reading')}</p>
  const title = answer.of === 'undo' ? 'undo.not-done' : answer.outcome === 'changed' ? 'unlink.changed' : 'unlink.not-done'
  return (
    <p class="bad">
      <Icon path={icons.alert} /> <strong>{say(words, title)}</strong> {why && <>{sayCode(words, 'undo.refused', why)} </>}
      {answer.problem && sayWhole(words, answer.problem)}
    </p>
  )
}

function Done({ link, request: { item, page, words } }: Omit<Props, 'answer'>) {
  const href = recordAt(item, page, link?.parent)
  return (
    <p class="good">
      <Icon path={icons.check} /> <strong>{say(words, 'unlink.done')}</strong>{' '}
      {sayCode(words, 'possible', item.type, say(words, 'possible.other'))} {href && <a href={href}>{say(words, 'unlink.edit')}</a>}
    </p>
  )
}
