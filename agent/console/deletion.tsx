import { say } from '../../shared/words/say.ts'
import { Answered } from './answered.tsx'
import { useAnswer, useLink } from './link.ts'

type Props = { connection: string; remove: () => void; keep: () => void }

/** What deleting a connection means, said before it is done: how much is kept, what stays in Procore, what will wait. */
export const Deletion = ({ connection, remove, keep }: Props) => {
  const { words } = useLink()
  return (
    <Answered asked={useAnswer('deletion', { params: { id: connection } })}>
      {({ links, tied, waiting }) => (
        <div class="deletion">
          <p>{say(words, 'console.deletion')}</p>
          {links > 0 && <p>{say(words, 'console.deletion.links', { count: links })}</p>}
          {tied > 0 && <p>{say(words, 'console.deletion.tied', { count: tied })}</p>}
          {waiting > 0 && <p>{say(words, 'console.deletion.waiting', { count: waiting })}</p>}
          <div class="steps">
            <button class="button small" type="button" onClick={remove}>
              {say(words, 'console.deletion.do')}
            </button>
            <button class="button small" type="button" onClick={keep}>
              {say(words, 'console.deletion.not')}
            </button>
          </div>
        </div>
      )}
    </Answered>
  )
}
