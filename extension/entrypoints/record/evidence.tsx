import { useEffect, useRef, useState } from 'preact/hooks'
import { fileName, saveFile } from '../../../shared/ui/save-file.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { askOwn } from '../../bridge/own.ts'
import type { RecordAt } from '../../bridge/own-pages.ts'
import { Trouble } from './trouble.tsx'

/**
 * The agent's page, in a frame where no script runs, no form is sent and nothing is led elsewhere: `allow-same-origin` only lets us measure and
 * print it, `allow-modals` lets the print dialog open. Without `allow-scripts` neither gives the page itself anything.
 */
const sandbox = 'allow-same-origin allow-modals'

/** The page for an auditor as the agent made it, to print or to keep as a file. */
export function Evidence({ at, words }: { at: RecordAt; words: Words }) {
  const [html, setHtml] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<ToldProblem | null>(null)
  const frame = useRef<HTMLIFrameElement>(null)
  const print = (): void => frame.current?.contentWindow?.print()
  const onKey = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'p' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    print()
  }
  /** The keys that print a page print all of this one, wherever the keyboard is. */
  const listenTo = (shown: Window | null | undefined): void => shown?.addEventListener('keydown', onKey)
  const load = async (): Promise<void> => {
    const reply = await askOwn('evidence', at)
    setTrouble('problem' in reply ? reply.problem : null)
    if ('value' in reply) setHtml(reply.value.html)
  }
  useEffect(() => {
    listenTo(window)
    void load()
  }, [])
  if (trouble)
    return (
      <>
        <h1>{say(words, 'evidence.title')}</h1>
        <Trouble told={trouble} at={at} words={words} again={load} />
      </>
    )
  if (html === null) return <p role="status">{say(words, 'popover.loading')}</p>
  return (
    <div class="evidence">
      <div class="bar">
        <h1>{say(words, 'evidence.title')}</h1>
        <button class="button primary" type="button" onClick={print}>
          {say(words, 'evidence.print')}
        </button>
        <button class="button" type="button" onClick={() => saveFile(fileName('evidence', at.id, 'html'), 'text/html', html)}>
          {say(words, 'evidence.save')}
        </button>
      </div>
      <p class="on-paper">{say(words, 'evidence.print.says')}</p>
      <iframe
        ref={frame}
        title={say(words, 'evidence.title')}
        sandbox={sandbox}
        srcdoc={html}
        onLoad={() => listenTo(frame.current?.contentWindow)}
      />
    </div>
  )
}
