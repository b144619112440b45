import type { ComponentChild } from 'preact'
import { useState } from 'preact/hooks'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'

type Choice = { leftOut: ReadonlySet<string>; leaveOut: (links: Iterable<string>) => void }

/** All are chosen until a person leaves some out. */
export function useChoice(): Choice {
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set())
  return { leftOut, leaveOut: (links) => setLeftOut(new Set(links)) }
}

type Props<T> = { of: readonly T[]; choice: Choice; disabled: boolean; says: (one: T) => ComponentChild; words: Words }

/** A tick for each, and above several one for all: whoever wants three of two hundred unticks once. */
export function Choices<T extends { link: string }>({ of, choice: { leftOut, leaveOut }, disabled, says, words }: Props<T>) {
  const links = of.map(({ link }) => link)
  const out = links.filter((link) => leftOut.has(link))
  const toggle = (link: string): void => leaveOut(leftOut.has(link) ? out.filter((one) => one !== link) : [...out, link])
  return (
    <>
      {of.length > 1 && (
        <label class="row">
          <input
            type="checkbox"
            checked={out.length === 0}
            indeterminate={out.length > 0 && out.length < of.length}
            {...{ disabled, onChange: () => leaveOut(out.length === 0 ? links : []) }}
          />
          {say(words, 'choices.all')}
        </label>
      )}
      <ul class="children">
        {of.map((one) => (
          <li key={one.link}>
            <label class="row">
              <input type="checkbox" checked={!leftOut.has(one.link)} disabled={disabled} onChange={() => toggle(one.link)} />
              {says(one)}
            </label>
          </li>
        ))}
      </ul>
    </>
  )
}
