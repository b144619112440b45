import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { CertificateAnswer } from '../../../shared/api/certificates.ts'
import { say } from '../../../shared/words/say.ts'
import { useLink } from '../link.ts'

type Names = { names: string[]; port: number | undefined; fields: ComponentChildren }

const usualPort = 4712

/** The names and addresses browsers use, one a line, and the port where nothing listens on the network yet. `id` tells two forms apart. */
export function useServedNames(told: CertificateAnswer, id: string): Names {
  const { words } = useLink()
  const known = (told.lan?.names ?? told.proposed).join('\n')
  const [text, setText] = useState(known)
  useEffect(() => setText(known), [known])
  const [port, setPort] = useState(usualPort)
  const names = text.split(/\s+/).filter((name) => name !== '')
  const fields = (
    <>
      <div class="wide">
        <label for={`${id}-names`}>{say(words, 'settings.tls.list')}</label>
        <textarea
          id={`${id}-names`}
          class="path-field"
          rows={3}
          required
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </div>
      {told.lan === null && (
        <div>
          <label for={`${id}-port`}>{say(words, 'settings.tls.port')}</label>
          <input
            id={`${id}-port`}
            type="number"
            required
            min={1}
            max={65535}
            value={port}
            onInput={({ currentTarget }) => setPort(currentTarget.valueAsNumber)}
          />
        </div>
      )}
    </>
  )
  return { names, port: told.lan === null ? port : undefined, fields }
}
