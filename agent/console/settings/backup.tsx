import { useEffect } from 'preact/hooks'
import type { SettingsAnswer } from '../../../shared/api/settings.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { useLink } from '../link.ts'
import { type Column, List } from '../list.tsx'
import { at } from '../times.ts'
import { Ended, useAct } from './act.tsx'
import { DailyBackup } from './daily-backup.tsx'
import { megabytes } from './size.ts'

type Backup = SettingsAnswer['backup']

/** So often it is asked how far a backup is, while one is made. */
const askMs = 1_000

/** Backups of the ledger: made now, every day, and what lies there. */
export const BackupSettings = ({ of, folder, ask }: { of: Backup; folder: string; ask: () => void }) => {
  const { client, words } = useLink()
  const act = useAct(ask)
  const isRunning = of.running !== null
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(ask, askMs)
    return () => clearInterval(timer)
  }, [isRunning])
  return (
    <section class="card" id="settings-backup">
      <h2>{say(words, 'settings.backup')}</h2>
      <p>{say(words, 'settings.backup.says')}</p>
      <div class="steps">
        <button
          class="button primary"
          type="button"
          disabled={act.busy || isRunning}
          onClick={() => void act.run(() => client.call('backUp', { body: {} }))}
        >
          {say(words, 'settings.backup.now')}
        </button>
        <span role="status">{of.running && sayStep(of.running, words)}</span>
      </div>
      {act.problem && <Ended act={act} done="settings.set.done" />}
      {hasFailed(of) && of.failed && (
        <p class="tone" data-tone="red">
          {say(words, 'settings.backup.failed', {
            when: at(of.failed.at, words),
            reason: sayCode(words, 'backup', of.failed.reason, of.failed.reason),
          })}
        </p>
      )}
      <Facts of={of} />
      <DailyBackup daily={of.daily} ask={ask} />
      <h3>{say(words, 'settings.backup.files')}</h3>
      <List
        caption={say(words, 'settings.backup.files')}
        columns={columns(words)}
        rows={of.files}
        keyOf={({ name }) => name}
        words={words}
        empty={say(words, 'settings.backup.none')}
      />
      <p>{say(words, 'settings.backup.restore')}</p>
      <pre>
        <code>{`tieback restore --data "${folder}"`}</code>
      </pre>
    </section>
  )
}

/** The last try failed, whatever was made before it. */
const hasFailed = ({ failed, made }: Backup): boolean => failed !== null && (made === null || made.asOf < failed.at)

const sayStep = ({ step, bytes, of }: NonNullable<Backup['running']>, words: Words): string =>
  step === 'checking'
    ? say(words, 'settings.backup.checking')
    : say(words, 'settings.backup.copying', { done: megabytes(bytes, words.locale), of: megabytes(of, words.locale) })

const Facts = ({ of }: { of: Backup }) => {
  const { words } = useLink()
  const { made } = of
  const facts = [
    {
      name: say(words, 'settings.backup.made'),
      value: made ? at(made.asOf, words) : say(words, 'settings.backup.made.never'),
      more: made && megabytes(made.bytes, words.locale),
    },
    { name: say(words, 'settings.backup.next'), value: of.next ? at(of.next, words) : say(words, 'settings.backup.next.none') },
    { name: say(words, 'settings.backup.folder'), value: of.folder },
    { name: say(words, 'settings.backup.free'), value: megabytes(of.free, words.locale) },
  ]
  return (
    <dl class="counts facts">
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

type File = Backup['files'][number]

const columns = (words: Words): Column<File>[] => [
  { title: say(words, 'settings.backup.asOf'), text: ({ asOf }) => at(asOf, words) },
  { title: say(words, 'settings.backup.file'), text: ({ name }) => name, class: 'file' },
  { title: say(words, 'settings.backup.size'), text: ({ bytes }) => megabytes(bytes, words.locale), class: 'number' },
  {
    title: say(words, 'settings.backup.kind'),
    text: ({ daily }) => say(words, daily ? 'settings.backup.kind.daily' : 'settings.backup.kind.asked'),
  },
]
