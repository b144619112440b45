import type { ComponentChildren, RefObject } from 'preact'

type Props = { leave: { at: RefObject<HTMLButtonElement | null>; text: string; close: () => void }; children: ComponentChildren }

/** The button that leaves comes first, then what may be done. */
export const Buttons = ({ leave: { at, text, close }, children }: Props) => (
  <div class="buttons">
    <button ref={at} class="button" type="button" onClick={(event) => event.isTrusted && close()}>
      {text}
    </button>
    {children}
  </div>
)
