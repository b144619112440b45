import type { TestStepShape } from '../../shared/api/set-up.ts'
import { Problem } from '../../shared/ui/problem.tsx'
import type { Words } from '../../shared/words/languages.ts'
import { say, sayCode } from '../../shared/words/say.ts'

const tones = { ok: 'green', wrong: 'red', note: 'yellow' } as const

/** A test as it went: each step named, timed, and with what to do where it did not pass. */
export const TestSteps = ({ steps, words }: { steps: readonly TestStepShape[]; words: Words }) => (
  <ul class="lines" aria-label={say(words, 'console.connection.steps')}>
    {steps.map((step) => (
      <li key={step.step} data-step={step.step}>
        <p class="row">
          <span>
            <span class="pill" data-tone={tones[step.state]}>
              {sayCode(words, 'test.state', step.state)}
            </span>{' '}
            {told(step, words)}
          </span>
          <small>{step.ms} ms</small>
        </p>
        {step.problem && <Problem told={step.problem} words={words} tone={tones[step.state]} />}
      </li>
    ))}
  </ul>
)

function told({ step, state, values = {} }: TestStepShape, words: Words): string {
  if (step === 'sample' && state !== 'ok') return say(words, 'test.sample.unread')
  if (step === 'sample' && values['file'] === '') return say(words, 'test.sample.none')
  const environment = sayCode(words, 'environment', String(values['environment'] ?? ''))
  const entity = sayCode(words, 'entity', String(values['entity'] ?? ''))
  return state === 'wrong' && Object.keys(values).length === 0
    ? shortly(step, words)
    : sayCode(words, 'test', step, step, { ...values, environment, entity })
}

/** Of a step that found nothing to tell, its name alone: what stands before the colon. */
const shortly = (step: string, words: Words): string => sayCode(words, 'test', step).replace(/\s*[:：].*$/, '')
