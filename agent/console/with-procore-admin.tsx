import type { HandOverShape } from '../../shared/api/hand-overs.ts'
import type { Words } from '../../shared/words/languages.ts'
import { say } from '../../shared/words/say.ts'
import { useLink } from './link.ts'
import { at } from './times.ts'

/** How a sheet stands, in a sentence. */
export function howItStands({ state, until, arrived }: HandOverShape, words: Words): string {
  const place = arrived?.from ?? say(words, 'console.ask.unknown-address')
  if (arrived) return say(words, 'sheet.arrived', { when: at(arrived.at, words), place })
  return state === 'locked' || state === 'expired' ? say(words, `sheet.${state}`) : say(words, 'sheet.waiting', { when: at(until, words) })
}

type Props = { sheets: readonly HandOverShape[]; changed: () => void }

/** Sheets that are out, for connections that are there and for those that were only begun. */
export const WithProcoreAdmin = ({ sheets, changed }: Props) => {
  const { words } = useLink()
  if (sheets.length === 0) return null
  return (
    <section>
      <h2>{say(words, 'sheet.out')}</h2>
      <ul class="lines out">
        {sheets.map((sheet) => {
          const { id, connection, state, draft } = sheet
          return (
            <li key={id} data-state={state}>
              <p>
                <strong>{draft.name}</strong> {howItStands(sheet, words)}
              </p>
              <div class="steps">
                <a
                  class="button small"
                  href={`#/connections/${connection ?? `sheet-${id}`}`}
                  aria-label={say(words, 'console.connection.of', { act: say(words, 'sheet.go-on'), name: draft.name })}
                >
                  {say(words, 'sheet.go-on')}
                </a>
                <Withdraw sheet={sheet} changed={changed} />
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

export const Withdraw = ({ sheet: { id, draft }, changed }: { sheet: HandOverShape; changed: () => void }) => {
  const { client, words } = useLink()
  const withdraw = async (): Promise<void> => {
    await client.call('withdrawHandOver', { params: { id } })
    changed()
  }
  return (
    <button
      class="button small"
      type="button"
      aria-label={say(words, 'console.connection.of', { act: say(words, 'sheet.withdraw'), name: draft.name })}
      onClick={() => void withdraw()}
    >
      {say(words, 'sheet.withdraw')}
    </button>
  )
}
