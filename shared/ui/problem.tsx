import type { ComponentChildren } from 'preact'
import type { Tone } from '../link-state.ts'
import type { Words } from '../words/languages.ts'
import { sayTold, type ToldProblem } from '../words/say-problem.ts'

type Props = { told: ToldProblem; words: Words; tone?: Tone; children?: ComponentChildren }

/** Cause, then next step, then the button that takes it. */
export const Problem = ({ told, words, tone = 'red', children }: Props) => {
  const { says, next } = sayTold(words, told)
  return (
    <div class="problem" data-tone={tone} data-code={told.code}>
      <p class="says">{says}</p>
      <p class="next">{next}</p>
      {children}
    </div>
  )
}
