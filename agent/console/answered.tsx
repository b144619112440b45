import type { ComponentChildren } from 'preact'
import { Problem } from '../../shared/ui/problem.tsx'
import { say } from '../../shared/words/say.ts'
import { type Asked, useLink } from './link.ts'

type Props<T> = { asked: Asked<T>; children: (value: T) => ComponentChildren }

/** What came back, or why not; after a failure the last answer stays, under what went wrong. */
export function Answered<T>({ asked: { value, problem, ask }, children }: Props<T>) {
  const { words } = useLink()
  return (
    <>
      {problem && (
        <Problem told={problem} words={words}>
          <button class="button" type="button" onClick={ask}>
            {say(words, 'console.again')}
          </button>
        </Problem>
      )}
      {value === null ? !problem && <p role="status">{say(words, 'popover.loading')}</p> : children(value)}
    </>
  )
}
