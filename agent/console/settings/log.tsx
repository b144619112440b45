import { useEffect, useState } from 'preact/hooks'
import { logLevels, type SettingsAnswer } from '../../../shared/api/settings.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { useLink } from '../link.ts'
import { at } from '../times.ts'
import { Ended, useAct } from './act.tsx'

type Level = (typeof logLevels)[number]

/** How much is logged; debug runs out by itself. */
export const LogSettings = ({ of, ask }: { of: SettingsAnswer['log']; ask: () => void }) => {
  const { client, words } = useLink()
  const [level, setLevel] = useState<string>(of.level)
  useEffect(() => setLevel(of.level), [of.level])
  const act = useAct(ask)
  const set = (event: SubmitEvent): void => {
    event.preventDefault()
    void act.run(() => client.call('setLogLevel', { body: { level: level as Level } }))
  }
  return (
    <section class="card" id="settings-log">
      <h2>{say(words, 'settings.log')}</h2>
      <p>{say(words, 'settings.log.says')}</p>
      <form class="fields" onSubmit={set}>
        <div>
          <label for="log-level">{say(words, 'settings.log.level')}</label>
          <select id="log-level" aria-describedby="log-level-tip" onChange={({ currentTarget }) => setLevel(currentTarget.value)}>
            {logLevels.map((one) => (
              <option key={one} value={one} selected={one === level}>
                {say(words, `settings.log.${one}`)}
              </option>
            ))}
          </select>
          <small id="log-level-tip">{level === 'debug' && say(words, 'settings.log.debug.says')}</small>
        </div>
        <button class="button" type="submit" disabled={act.busy || (level === of.level && of.until === null)}>
          {say(words, 'settings.set')}
        </button>
        <Ended act={act} done="settings.set.done" />
      </form>
      {of.until !== null && (
        <p class="until">
          {say(words, 'settings.log.until', {
            when: at(of.until, words),
            level: sayCode(words, 'settings.log', of.after ?? '', of.after ?? ''),
          })}
        </p>
      )}
      <small class="path">
        {of.file === null ? say(words, 'settings.log.stdout') : say(words, 'settings.log.file', { file: of.file })}
      </small>
    </section>
  )
}
