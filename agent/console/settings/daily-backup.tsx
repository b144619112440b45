import { useEffect, useState } from 'preact/hooks'
import type { SettingsAnswer } from '../../../shared/api/settings.ts'
import { say } from '../../../shared/words/say.ts'
import { useLink } from '../link.ts'
import { Ended, useAct } from './act.tsx'

type Daily = NonNullable<SettingsAnswer['backup']['daily']>

/** Offered where none is set: the night, and two weeks of it. */
const usual: Daily = { at: '02:00', keep: 14 }

/** Whether a backup is made every day, when, and how many of these are kept. */
export const DailyBackup = ({ daily, ask }: { daily: Daily | null; ask: () => void }) => {
  const { client, words } = useLink()
  const [isOn, setOn] = useState(daily !== null)
  const [wanted, setWanted] = useState(daily ?? usual)
  useEffect(() => {
    setOn(daily !== null)
    if (daily) setWanted(daily)
  }, [JSON.stringify(daily)])
  const act = useAct(ask)
  const said = isOn ? wanted : null
  const set = (event: SubmitEvent): void => {
    event.preventDefault()
    void act.run(() => client.call('setBackups', { body: { daily: said } }))
  }
  return (
    <form onSubmit={set}>
      <fieldset class="fields">
        <div class="flag">
          <label for="backup-daily">{say(words, 'settings.backup.daily')}</label>
          <input id="backup-daily" type="checkbox" checked={isOn} onChange={({ currentTarget }) => setOn(currentTarget.checked)} />
        </div>
        {isOn && (
          <>
            <div>
              <label for="backup-at">{say(words, 'settings.backup.at')}</label>
              <input
                id="backup-at"
                type="time"
                required
                value={wanted.at}
                onInput={({ currentTarget }) => setWanted({ ...wanted, at: currentTarget.value })}
              />
            </div>
            <div>
              <label for="backup-keep">{say(words, 'settings.backup.keep')}</label>
              <input
                id="backup-keep"
                type="number"
                required
                min={1}
                max={365}
                value={wanted.keep}
                aria-describedby="backup-keep-tip"
                onInput={({ currentTarget }) => setWanted({ ...wanted, keep: currentTarget.valueAsNumber })}
              />
              <small id="backup-keep-tip">{say(words, 'settings.backup.keep.says')}</small>
            </div>
          </>
        )}
      </fieldset>
      <button class="button" type="submit" disabled={act.busy || JSON.stringify(said) === JSON.stringify(daily)}>
        {say(words, 'settings.set')}
      </button>
      <Ended act={act} done="settings.set.done" />
    </form>
  )
}
