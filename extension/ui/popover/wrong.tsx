import { useState } from 'preact/hooks'
import { say } from '../../../shared/words/say.ts'
import type { PopoverRequest } from '../popover-door.ts'
import type { Loaded } from './popover.tsx'
import { supportText } from './support-text.ts'

/** “This looks wrong”: copies what support needs to find the case. */
export function Wrong({ loaded, request, sentence }: { loaded: Loaded; request: PopoverRequest; sentence: string }) {
  const { words, item } = request
  const [done, setDone] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(supportText(item, loaded, sentence, new Date()))
    setDone(true)
  }
  return (
    <div>
      <button class="link" type="button" style="font-size: 12px" onClick={() => void copy()}>
        {say(words, 'wrong.action')}
      </button>{' '}
      <small role="status">{done && say(words, 'wrong.says')}</small>
    </div>
  )
}
