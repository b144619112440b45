import type { CertificateAnswer, CertificateShape } from '../../../shared/api/certificates.ts'
import { saveFile } from '../../../shared/ui/save-file.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { calendarDate } from '../../../shared/words/when.ts'
import { Answered } from '../answered.tsx'
import { useAnswer, useLink } from '../link.ts'
import { Ended, useAct } from './act.tsx'
import { GiveCertificate } from './give-certificate.tsx'
import { OwnCertificate } from './own-certificate.tsx'

/** The certificate browsers on the network are shown: which it is, another, and back to the one before. */
export const CertificateSettings = () => {
  const { words } = useLink()
  const asked = useAnswer('certificate')
  return (
    <section class="card" id="settings-tls">
      <h2>{say(words, 'settings.tls')}</h2>
      <p>{say(words, 'settings.tls.says')}</p>
      <Answered asked={asked}>
        {(told) => (
          <>
            {told.certificate ? (
              <Facts told={told} certificate={told.certificate} words={words} />
            ) : (
              <p class="empty">{say(words, 'settings.tls.none')}</p>
            )}
            {told.before && <Back before={told.before} ask={asked.ask} />}
            {told.authority && <Authority pem={told.authority.pem} />}
            <OwnCertificate told={told} ask={asked.ask} />
            <GiveCertificate told={told} ask={asked.ask} />
          </>
        )}
      </Answered>
    </section>
  )
}

/** A certificate is good for days, not for hours. */
const day = (iso: string, words: Words): string => calendarDate(iso.slice(0, 10), words.locale)

type FactProps = { told: CertificateAnswer; certificate: CertificateShape; words: Words }

const Facts = ({ told: { lan, renewsAt }, certificate, words }: FactProps) => {
  const facts = [
    { name: say(words, 'settings.tls.subject'), value: certificate.subject },
    { name: say(words, 'settings.tls.names'), value: certificate.names.join(', ') },
    { name: say(words, 'settings.tls.addresses'), value: (lan?.names ?? []).map((name) => addressOf(name, lan?.port ?? 0)).join(' ') },
    { name: say(words, 'settings.tls.issuer'), value: certificate.issuer },
    { name: say(words, 'settings.tls.until'), value: day(certificate.until, words) },
    { name: say(words, 'settings.tls.renews'), value: renewsAt ? day(renewsAt, words) : say(words, 'settings.tls.renews.not') },
    { name: say(words, 'settings.tls.fingerprint'), value: certificate.fingerprint },
  ]
  return (
    <dl class="counts facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const addressOf = (name: string, port: number): string => `https://${name.includes(':') ? `[${name}]` : name}:${port}`

const Back = ({ before, ask }: { before: CertificateShape; ask: () => void }) => {
  const { client, words } = useLink()
  const act = useAct(ask)
  return (
    <>
      <div class="steps">
        <button
          class="button"
          type="button"
          id="certificate-back"
          disabled={act.busy}
          aria-describedby="certificate-before"
          onClick={() => void act.run(() => client.call('certificateBack', { body: {} }))}
        >
          {say(words, 'settings.tls.back')}
        </button>
        <small id="certificate-before">
          {say(words, 'settings.tls.back.of', { subject: before.subject, until: day(before.until, words) })}
        </small>
      </div>
      <Ended act={act} done="settings.tls.done" />
    </>
  )
}

const Authority = ({ pem }: { pem: string }) => {
  const { words } = useLink()
  return (
    <div>
      <h3>{say(words, 'settings.tls.authority')}</h3>
      <p>{say(words, 'settings.tls.authority.says')}</p>
      <p>
        <button class="button small" type="button" onClick={() => saveFile('ca.crt', 'application/x-x509-ca-cert', pem)}>
          {say(words, 'settings.tls.authority.get')}
        </button>
      </p>
    </div>
  )
}
