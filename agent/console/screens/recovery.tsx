import { useEffect, useState } from 'preact/hooks'
import { thumbprint } from '../../../shared/agent-link/proof.ts'
import type { RecoveryAnswer } from '../../../shared/api/recovery.ts'
import { say } from '../../../shared/words/say.ts'
import { calendarDate } from '../../../shared/words/when.ts'
import { Answered } from '../answered.tsx'
import { useAnswer, useLink } from '../link.ts'

/** One page to print while all is well: what to do when no admin's browser is left, or the server is lost. It holds no secret. */
export const Recovery = () => {
  const { words } = useLink()
  const asked = useAnswer('recovery')
  return (
    <>
      <p class="steps">
        <button class="button primary" type="button" onClick={() => print()}>
          {say(words, 'recovery.print')}
        </button>{' '}
        <a href="#/people">{say(words, 'recovery.back')}</a>
      </p>
      <Answered asked={asked}>{(value) => <Sheet of={value} />}</Answered>
    </>
  )
}

/** On paper a time of today says nothing tomorrow. */
const useDay = (): ((iso: string) => string) => {
  const { words } = useLink()
  return (iso) => calendarDate(iso.slice(0, 10), words.locale)
}

const Sheet = ({ of }: { of: RecoveryAnswer }) => {
  const { words, me } = useLink()
  const day = useDay()
  const email = of.admins[0]?.email ?? ''
  return (
    <article class="card sheet">
      <h2>{say(words, 'recovery.title', { agent: me.agent })}</h2>
      <p>
        {say(words, 'recovery.says')} <small>{say(words, 'recovery.made', { when: day(of.at) })}</small>
      </p>
      <h3>{say(words, 'recovery.lost')}</h3>
      <ol>
        <li>{say(words, 'recovery.lost.1', { computer: of.computer })}</li>
        <li>
          {say(words, 'recovery.lost.2')} <Command of={`tieback break-glass --email ${email} --shut-out`} folder={of.folder} />
        </li>
        <li>{say(words, 'recovery.lost.3')}</li>
      </ol>
      <h3>{say(words, 'recovery.broken')}</h3>
      <ol>
        <li>{say(words, 'recovery.broken.1')}</li>
        <li>
          {say(words, 'recovery.broken.2')} <Command of="tieback restore" folder={of.folder} />
        </li>
        <li>{say(words, 'recovery.broken.3')}</li>
      </ol>
      <h3>{say(words, 'recovery.where')}</h3>
      <Places of={of} />
    </article>
  )
}

const Command = ({ of, folder }: { of: string; folder: string }) => (
  <pre>
    <code>{`${of} --data "${folder}"`}</code>
  </pre>
)

const Places = ({ of }: { of: RecoveryAnswer }) => {
  const { words } = useLink()
  const day = useDay()
  const key = useAgentKey()
  const { certificate } = of
  const facts = [
    { name: say(words, 'recovery.computer'), value: of.computer },
    { name: say(words, 'recovery.folder'), value: of.folder },
    { name: say(words, 'recovery.ledger'), value: of.ledger },
    { name: say(words, 'recovery.backups'), value: of.backups },
    { name: say(words, 'recovery.newest'), value: of.newestBackup ?? say(words, 'recovery.newest.none') },
    { name: say(words, 'recovery.addresses'), value: of.addresses.join(', ') },
    {
      name: say(words, certificate?.own === false ? 'recovery.certificate.given' : 'recovery.certificate'),
      value: certificate?.fingerprint ?? say(words, 'recovery.certificate.none'),
      more: certificate && say(words, 'recovery.certificate.until', { when: day(certificate.until) }),
    },
    { name: say(words, 'recovery.key'), value: key },
    { name: say(words, 'recovery.admins'), value: of.admins.map(({ name, email }) => `${name} <${email}>`).join(', ') },
  ]
  return (
    <dl class="facts">
      {facts.map(({ name, value, more }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value} {more && <small>{more}</small>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** As this browser pinned it; empty until it is made. */
function useAgentKey(): string {
  const { client } = useLink()
  const [key, setKey] = useState('')
  useEffect(() => {
    void thumbprint(client.agent.jwk).then(setKey)
  }, [client])
  return key
}
