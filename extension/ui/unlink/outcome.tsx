import type { ItemRef } from '../../../shared/item.ts'
import { Icon } from '../../../shared/ui/icon.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayWhole } from '../../../shared/words/say-problem.ts'
import type { Unlinked } from '../../bridge/calls.ts'
import { addressOf } from '../../pages/address.ts'
import { icons } from '../icons.ts'

type Props = { answer: Unlinked; item: ItemRef; words: Words; project: string | null }

/** How an unlink ended: green with what is now possible, or red with the reason. */
export function Outcome({ answer, item, words, project }: Props) {
  if (answer.outcome === 'unlinked') return <Done item={item} words={words} project={project} />
  if (answer.outcome === 'under-way') return <p>{say(words, 'unlink.under-way')}</p>
  return (
    <p class="bad">
      <Icon path={icons.alert} /> {say(words, answer.outcome === 'changed' ? 'unlink.changed' : 'unlink.not-done')}{' '}
      {answer.problem && sayWhole(words, answer.problem)}
    </p>
  )
}

function Done({ item, words, project }: Omit<Props, 'answer'>) {
  const href = addressOf(item.type, item.id, project)
  return (
    <p class="good">
      <Icon path={icons.check} /> <strong>{say(words, 'unlink.done')}</strong>{' '}
      {sayCode(words, 'possible', item.type, say(words, 'possible.other'))} {href && <a href={href}>{say(words, 'unlink.edit')}</a>}
    </p>
  )
}
