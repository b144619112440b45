import { useRef } from 'preact/hooks'
import type { CertificateAnswer } from '../../../shared/api/certificates.ts'
import type { BodyOf } from '../../../shared/api.ts'
import { say } from '../../../shared/words/say.ts'
import { useLink } from '../link.ts'
import { Ended, useAct } from './act.tsx'
import { useServedNames } from './served-names.tsx'

type Given = Pick<BodyOf<'giveCertificate'>, 'pem' | 'key' | 'pfx'>

/** A certificate of the office's own: files are read here and sent to this agent alone; key and passphrase leave the page once they are taken. */
export const GiveCertificate = ({ told, ask }: { told: CertificateAnswer; ask: () => void }) => {
  const { client, words } = useLink()
  const form = useRef<HTMLFormElement>(null)
  const act = useAct(() => {
    form.current?.reset()
    ask()
  })
  const { names, port, fields } = useServedNames(told, 'given')
  const take = (event: SubmitEvent): void => {
    event.preventDefault()
    const said = new FormData(event.currentTarget as HTMLFormElement)
    const passphrase = String(said.get('passphrase') ?? '')
    void act.run(async () => {
      const given = await read(said.get('file'), said.get('key'))
      return client.call('giveCertificate', { body: { names, passphrase, ...given, ...(port === undefined ? {} : { port }) } })
    })
  }
  return (
    <details id="certificate-given">
      <summary>{say(words, 'settings.tls.given')}</summary>
      <p>{say(words, 'settings.tls.given.says')}</p>
      <form class="fields" ref={form} onSubmit={take}>
        {fields}
        <div>
          <label for="certificate-file">{say(words, 'settings.tls.file')}</label>
          <input id="certificate-file" name="file" type="file" required accept=".pem,.crt,.cer,.pfx,.p12" />
        </div>
        <div>
          <label for="certificate-key">{say(words, 'settings.tls.key')}</label>
          <input id="certificate-key" name="key" type="file" accept=".pem,.key" />
        </div>
        <div>
          <label for="certificate-passphrase">{say(words, 'settings.tls.passphrase')}</label>
          <input id="certificate-passphrase" name="passphrase" type="password" autocomplete="off" maxLength={1000} />
        </div>
        <button class="button" type="submit" disabled={act.busy}>
          {say(words, act.busy ? 'settings.tls.working' : 'settings.tls.take')}
        </button>
      </form>
      <Ended act={act} done="settings.tls.done" />
    </details>
  )
}

/** PEM where its beginning says so, with the key beside it or in the same file; anything else is a PFX. */
async function read(file: FormDataEntryValue | null, key: FormDataEntryValue | null): Promise<Given> {
  if (!(file instanceof File)) return { pem: '', key: '' }
  const text = await file.text()
  if (!text.includes('-----BEGIN ')) return { pfx: base64(new Uint8Array(await file.arrayBuffer())) }
  return { pem: text, key: key instanceof File && key.size > 0 ? await key.text() : text }
}

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(''))
