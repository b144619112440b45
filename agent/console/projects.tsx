import { say } from '../../shared/words/say.ts'
import { useAnswer, useLink } from './link.ts'
import { Ticks } from './ticks.tsx'

type Props = { id: string; chosen: readonly string[] | null; choose: (projects: string[] | null) => void; whenNone: string; says: string }

/** The projects somebody is bound to; null where none is ticked, which means what `whenNone` says. Nothing while no project is linked. */
export function Projects({ id, chosen, choose, whenNone, says }: Props) {
  const { words } = useLink()
  const projects = useAnswer('projects').value?.projects ?? []
  if (projects.length === 0) return null
  const named = projects.map(({ id: project, number, name }) => ({
    id: project,
    name: [number, name ?? project].filter(Boolean).join(' · '),
  }))
  return (
    <details class="wide">
      <summary>{chosen === null ? whenNone : say(words, 'console.ask.projects', { count: chosen.length })}</summary>
      <p>
        <small>{says}</small>
      </p>
      <Ticks id={id} all={named} chosen={chosen ?? []} choose={(now) => choose(now.length === 0 ? null : now)} />
    </details>
  )
}
