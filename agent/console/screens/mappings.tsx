import { useState } from 'preact/hooks'
import type { AnswerOf } from '../../../shared/api.ts'
import { type Ticks, ticksDiff, ticksText } from '../../../shared/mapping/ticks.ts'
import { Problem } from '../../../shared/ui/problem.tsx'
import { say } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { Answered } from '../answered.tsx'
import { useAnswer, useLink } from '../link.ts'
import { Changes } from '../mapping/changes.tsx'
import { OwnFile } from '../mapping/own-file.tsx'
import { Presets } from '../mapping/presets.tsx'
import { Tree } from '../mapping/tree.tsx'
import { Versions } from '../mapping/versions.tsx'

/** Which records and fields of a connection are compared and sent: ticked, saved version by version, and gone back to. */
export const Mappings = ({ of }: { of: string | null }) => {
  const { me, words } = useLink()
  const chosen = of ?? me.connections[0]?.id
  if (chosen === undefined) return <p class="empty">{say(words, 'console.connections.first')}</p>
  return (
    <>
      <p>{say(words, 'mapping.says')}</p>
      <div class="tools">
        <label for="mapping-of">{say(words, 'console.connection.name')}</label>
        <select
          id="mapping-of"
          value={chosen}
          onChange={({ currentTarget }) => {
            location.hash = `#/mappings/${currentTarget.value}`
          }}
        >
          {me.connections.map(({ id, name }) => (
            <option key={id} value={id} selected={id === chosen}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <Mapping key={chosen} id={chosen} />
    </>
  )
}

const Mapping = ({ id }: { id: string }) => {
  const asked = useAnswer('mappings', { params: { id } })
  return <Answered asked={asked}>{(answer) => <Editor id={id} answer={answer} ask={asked.ask} />}</Answered>
}

/** What a person has changed and not saved, and what it was changed from. */
type Draft = { basedOn: number; from: Ticks; ticks: Ticks }

const Editor = ({ id, answer, ask }: { id: string; answer: AnswerOf<'mappings'>; ask: () => void }) => {
  const { client, words } = useLink()
  const [draft, setDraft] = useState<Draft | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const [saved, setSaved] = useState<number | null>(null)
  const { basedOn, from, ticks } = draft ?? { basedOn: answer.version, from: answer.ticks, ticks: answer.ticks }
  const changes = ticksDiff(from, ticks)
  const change = (to: Ticks): void => {
    setSaved(null)
    setDraft({ basedOn, from, ticks: to })
  }
  const discard = (): void => {
    setDraft(null)
    setProblem(null)
  }
  const done = (reply: { value: { version: number } } | { problem: ToldProblem }): void => {
    setBusy(false)
    setProblem('problem' in reply ? reply.problem : null)
    if ('value' in reply) {
      setSaved(reply.value.version)
      setDraft(null)
    }
    ask()
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    const body = { basedOn, ticks: JSON.parse(ticksText(ticks)) as AnswerOf<'mappings'>['ticks'] }
    done(await client.call('saveMapping', { params: { id }, body }))
  }
  const back = async (to: number): Promise<void> => {
    setBusy(true)
    done(await client.call('mappingBack', { params: { id }, body: { basedOn: answer.version, to } }))
  }
  const { entities } = answer
  const parts = { ticks, change, words }
  return (
    <>
      <Presets entities={entities} {...parts} />
      <section class="card">
        <h2>{say(words, 'mapping.records')}</h2>
        <Tree entities={entities.filter(({ entity }) => entity !== null)} {...parts} />
      </section>
      <section class="card">
        <h2>{say(words, 'mapping.others')}</h2>
        <p>{say(words, 'mapping.others.says')}</p>
        <Tree entities={entities.filter(({ entity }) => entity === null)} {...parts} />
      </section>
      <section class="card changes" aria-labelledby="mapping-changes">
        <h2 id="mapping-changes">{say(words, 'mapping.diff')}</h2>
        <div role="status">
          {saved === null ? (
            <Changes changes={changes} entities={entities} words={words} />
          ) : (
            <p>{say(words, 'mapping.saved', { version: saved })}</p>
          )}
          {problem && <Problem told={problem} words={words} />}
        </div>
        <div class="steps">
          <button class="button primary" type="button" disabled={busy || changes.length === 0} onClick={() => void save()}>
            {say(words, 'console.connection.save')}
          </button>
          <button class="button" type="button" disabled={busy || draft === null} onClick={discard}>
            {say(words, 'mapping.discard')}
          </button>
        </div>
      </section>
      <OwnFile id={id} saved={ask} />
      <Versions
        {...{ now: answer.version, versions: answer.versions, words }}
        busy={busy || changes.length > 0}
        back={(version) => void back(version)}
      />
    </>
  )
}
