import type { ComponentChild } from 'preact'
import { useState } from 'preact/hooks'

type Choice = { leftOut: ReadonlySet<string>; toggle: (link: string) => void }

/** All are chosen until a person leaves some out. */
export function useChoice(): Choice {
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set())
  const toggle = (link: string): void => {
    const next = new Set(leftOut)
    if (!next.delete(link)) next.add(link)
    setLeftOut(next)
  }
  return { leftOut, toggle }
}

type Props<T> = { of: readonly T[]; choice: Choice; disabled: boolean; says: (one: T) => ComponentChild }

export const Choices = <T extends { link: string }>({ of, choice: { leftOut, toggle }, disabled, says }: Props<T>) => (
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
)
