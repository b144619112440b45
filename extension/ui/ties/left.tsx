import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import type { Matches } from '../../bridge/calls.ts'
import { leftText } from './pair.tsx'

type Props = { matches: Pick<Matches, 'left' | 'counts'>; words: Words; count: (n: number) => string }

/** What a person has to look at alone, counted by why; each reason opens its records. */
export function Left({ matches: { left, counts = {} }, words, count }: Props) {
  const all = Object.entries(counts).toSorted(([, a], [, b]) => b - a)
  if (all.length === 0) return null
  return (
    <div class="left">
      <p>{say(words, 'ties.left', { count: count(all.reduce((sum, [, n]) => sum + n, 0)) })}</p>
      {all.map(([because, n]) => {
        const listed = left.filter((one) => one.because === because)
        return (
          <details key={because}>
            <summary>
              {count(n)} · {sayCode(words, 'match.left', because)}
            </summary>
            <ul class="children">
              {listed.map(({ link, erpKey, best }) => (
                <li key={link}>{leftText(erpKey, best, words)}</li>
              ))}
              {n > listed.length && <li>{say(words, 'list.more', { count: count(n - listed.length) })}</li>}
            </ul>
          </details>
        )
      })}
    </div>
  )
}
