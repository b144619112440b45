import type { CertificateAnswer } from '../../../shared/api/certificates.ts'
import { say } from '../../../shared/words/say.ts'
import { useLink } from '../link.ts'
import { Ended, useAct } from './act.tsx'
import { useServedNames } from './served-names.tsx'

/** An authority of the agent's own, and a certificate of it. */
export const OwnCertificate = ({ told, ask }: { told: CertificateAnswer; ask: () => void }) => {
  const { client, words } = useLink()
  const act = useAct(ask)
  const { names, port, fields } = useServedNames(told, 'own')
  const make = (event: SubmitEvent): void => {
    event.preventDefault()
    void act.run(() => client.call('ownCertificate', { body: { names, ...(port === undefined ? {} : { port }) } }))
  }
  return (
    <details id="certificate-own">
      <summary>{say(words, 'settings.tls.own')}</summary>
      <p>{say(words, 'settings.tls.own.says')}</p>
      <form class="fields" onSubmit={make}>
        {fields}
        <button class="button" type="submit" disabled={act.busy}>
          {say(words, act.busy ? 'settings.tls.working' : 'settings.tls.make')}
        </button>
      </form>
      <Ended act={act} done="settings.tls.done" />
    </details>
  )
}
