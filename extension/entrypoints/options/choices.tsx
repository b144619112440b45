import { useState } from 'preact/hooks'
import { languages, type Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { Settings } from '../../background/settings.ts'
import { askOwn } from '../../bridge/own.ts'
import { features } from '../../features/names.ts'

type Props = { words: Words; settings: Settings; changed: () => void }

/** Languages by their own names. */
const names = {
  en: 'English',
  'en-GB': 'English (United Kingdom)',
  'fr-FR': 'Français (France)',
  'fr-CA': 'Français (Canada)',
  de: 'Deutsch',
  es: 'Español',
  'es-ES': 'Español (España)',
} as const

export function Choices({ words, settings, changed }: Props) {
  const [saved, setSaved] = useState(false)
  const save = async (changes: Partial<Settings>): Promise<void> => {
    await askOwn('save', changes)
    setSaved(true)
    changed()
  }
  const toggle = (id: string, on: boolean): void =>
    void save({ off: on ? settings.off.filter((other) => other !== id) : [...settings.off, id] })
  return (
    <>
      <section>
        <h2>{say(words, 'options.features')}</h2>
        {features.map((id) => (
          <Check key={id} label={say(words, `feature.${id}`)} on={!settings.off.includes(id)} set={(on) => toggle(id, on)} />
        ))}
      </section>
      <section>
        <div>
          <label for="language">{say(words, 'options.language')}</label>
          <select
            id="language"
            value={settings.language}
            onChange={({ currentTarget }) => void save({ language: currentTarget.value as Settings['language'] })}
          >
            <option value="auto">{say(words, 'options.language.auto')}</option>
            {languages.map((language) => (
              <option key={language} value={language}>
                {names[language]}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label for="toasts">{say(words, 'options.toasts')}</label>
          <select
            id="toasts"
            value={settings.toasts}
            onChange={({ currentTarget }) => void save({ toasts: currentTarget.value as Settings['toasts'] })}
          >
            <option value="mine">{say(words, 'options.toasts.mine')}</option>
            <option value="all">{say(words, 'options.toasts.all')}</option>
          </select>
        </div>
        <Check label={say(words, 'options.notify')} on={settings.notify} set={(notify) => void save({ notify })} />
        <p class="said" role="status">
          {saved && say(words, 'options.saved')}
        </p>
      </section>
    </>
  )
}

const Check = ({ label, on, set }: { label: string; on: boolean; set: (on: boolean) => void }) => (
  <label class="choice">
    <input type="checkbox" checked={on} onChange={({ currentTarget }) => set(currentTarget.checked)} />
    {label}
  </label>
)
