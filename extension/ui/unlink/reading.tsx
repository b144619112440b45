import { useEffect, useState } from 'preact/hooks'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { UnlinkRequest } from '../popover-door.ts'
import { type Reading, readingIn } from './until-read.ts'

/** What the page hears of an export that is being read while the dialog is open: the newest; null while it heard of none. */
export function useReading({ hear }: UnlinkRequest, connection: string | null, signal: AbortSignal): Reading | null {
  const [reading, setReading] = useState<Reading | null>(null)
  useEffect(() => {
    if (connection === null) return
    const left = new AbortController()
    hear(
      (news) => {
        const told = news.news === 'events' ? news.events.map((event) => readingIn(event, connection)).findLast(Boolean) : null
        if (told) setReading(told)
      },
      AbortSignal.any([signal, left.signal]),
    )
    return () => left.abort()
  }, [connection])
  return reading
}

/** A newer export is read before anything is done: which, and how far it is. */
export function ReadingFirst({ reading, words }: { reading: Reading | null; words: Words }) {
  const file = reading?.file ?? ''
  const share = reading?.share ?? null
  return (
    <>
      <p>{say(words, reading ? 'unlink.reading.file' : 'unlink.reading.waits', { file })}</p>
      <progress aria-label={say(words, 'unlink.reading.waits')} {...(share === null ? {} : { value: share })} />
    </>
  )
}
