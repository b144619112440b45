import { useState } from 'preact/hooks'
import type { MappedEntity } from '../../../shared/api/mappings.ts'
import { idNamed } from '../../../shared/mapping/mappable.ts'
import { applyPreset, type Preset, presets } from '../../../shared/mapping/presets.ts'
import { type Ticks, ticksDiff } from '../../../shared/mapping/ticks.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'

type Props = { entities: readonly MappedEntity[]; ticks: Ticks; change: (ticks: Ticks) => void; words: Words }

/** hh2's set-ups, with the lists of both its panels and what of them cannot be done here. */
export const Presets = ({ entities, ticks, change, words }: Props) => {
  const [nothing, setNothing] = useState<string | null>(null)
  const apply = (preset: Preset): void => {
    const after = applyPreset(ticks, preset)
    const isNews = ticksDiff(ticks, after).length > 0
    setNothing(isNews ? null : preset.id)
    if (isNews) change(after)
  }
  return (
    <section class="card">
      <h2>{say(words, 'mapping.presets')}</h2>
      <p>{say(words, 'mapping.presets.says')}</p>
      <ul class="lines">
        {presets.map((preset) => (
          <One key={preset.id} preset={preset} entities={entities} apply={() => apply(preset)} words={words} />
        ))}
      </ul>
      <div role="status">{nothing && <p>{say(words, 'mapping.preset.none', { name: sayCode(words, 'preset', nothing) })}</p>}</div>
    </section>
  )
}

type OneProps = { preset: Preset; entities: readonly MappedEntity[]; apply: () => void; words: Words }

const One = ({ preset, entities, apply, words }: OneProps) => {
  const { id, mappings, fields, sync, afterwards } = preset
  const name = sayCode(words, 'preset', id)
  const readBy = (reader: string): string[] =>
    mappings.filter((one) => entities.find((entity) => entity.id === idNamed(one))?.reader === reader)
  return (
    <li data-preset={id}>
      <div class="steps">
        <span class="kind">{name}</span>
        <button
          class="button small"
          type="button"
          aria-label={say(words, 'console.connection.of', { act: say(words, 'mapping.preset.apply'), name })}
          onClick={apply}
        >
          {say(words, 'mapping.preset.apply')}
        </button>
      </div>
      <details>
        <summary class="lists">{say(words, 'mapping.preset.lists', { name })}</summary>
        <dl class="panels">
          <Panel title={say(words, 'mapping.preset.panel')} names={mappings} />
          {Object.entries(fields).map(([of, { off }]) => (
            <Panel key={of} title={say(words, 'mapping.preset.off', { name: of })} names={off} />
          ))}
          {sync ? (
            <Panel title={say(words, 'mapping.preset.sync')} names={sync} />
          ) : (
            <Panel title={say(words, `mapping.preset.then.${afterwards}`)} names={[]} />
          )}
          <Panel title={say(words, 'mapping.preset.cannot')} names={readBy('no-place')} tone="yellow" />
          <Panel title={say(words, 'mapping.preset.file')} names={readBy('none')} tone="yellow" />
        </dl>
      </details>
    </li>
  )
}

/** A panel of hh2, as its list; what cannot be done is left out where everything can. */
const Panel = ({ title, names, tone }: { title: string; names: readonly string[]; tone?: 'yellow' }) =>
  tone && names.length === 0 ? null : (
    <div class="panel" data-tone={tone}>
      <dt>{title}</dt>
      {names.map((name) => (
        <dd key={name}>{name}</dd>
      ))}
    </div>
  )
