import type { MappingVersion } from '../../../shared/api/mappings.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { at } from '../times.ts'

type Props = { now: number; versions: readonly MappingVersion[]; back: (version: number) => void; busy: boolean; words: Words }

/** Every version saved, newest first, and how it was at the start; each is one press away. */
export const Versions = ({ now, versions, back, busy, words }: Props) => (
  <section class="card">
    <h2>{say(words, 'mapping.versions')}</h2>
    <ul class="lines">
      {[...versions, null].map((one) => {
        const version = one?.version ?? 0
        const name = one === null ? say(words, 'mapping.version.first') : say(words, 'mapping.version', { version })
        return (
          <li key={version} data-version={version}>
            <div class="steps">
              <span class="kind">
                {name} {one && <small>{saidOf(one, words)}</small>}{' '}
                {version === now && (
                  <span class="pill" data-tone="blue">
                    {say(words, 'mapping.version.now')}
                  </span>
                )}
              </span>
              {version !== now && (
                <button
                  class="button small"
                  type="button"
                  disabled={busy}
                  aria-label={say(words, 'console.connection.of', { act: say(words, 'mapping.back'), name })}
                  onClick={() => back(version)}
                >
                  {say(words, 'mapping.back')}
                </button>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  </section>
)

const saidOf = ({ at: when, person, back }: MappingVersion, words: Words): string => {
  const like = back === 0 ? say(words, 'mapping.version.first') : say(words, 'mapping.version', { version: back ?? 0 })
  return [at(when, words), person, back === null ? null : say(words, 'mapping.version.of', { version: like })]
    .filter((one) => one !== null)
    .join(' · ')
}
