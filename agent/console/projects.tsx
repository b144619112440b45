import { say } from '../../shared/words/say.ts'
import { useAnswer, useLink } from './link.ts'

type Props = { id: string; chosen: readonly string[] | null; choose: (projects: string[] | null) => void }

/** The projects somebody is bound to; with none ticked, Procore's own lists alone bind them. Nothing while no project is linked. */
export function Projects({ id, chosen, choose }: Props) {
  const { words } = useLink()
  const projects = useAnswer('projects').value?.projects ?? []
  if (projects.length === 0) return null
  const tick = (project: string, on: boolean): void => {
    const now = [...(chosen ?? []).filter((other) => other !== project), ...(on ? [project] : [])]
    choose(now.length === 0 ? null : now)
  }
  return (
    <details class="wide">
      <summary>
        {chosen === null ? say(words, 'console.ask.projects.all') : say(words, 'console.ask.projects', { count: chosen.length })}
      </summary>
      <p>
        <small>{say(words, 'console.ask.projects.says')}</small>
      </p>
      <ul class="ticks">
        {projects.map(({ id: project, number, name }) => (
          <li key={project}>
            <input
              id={`${id}-${project}`}
              type="checkbox"
              checked={chosen?.includes(project) ?? false}
              onChange={({ currentTarget }) => tick(project, currentTarget.checked)}
            />
            <label for={`${id}-${project}`}>{[number, name ?? project].filter(Boolean).join(' · ')}</label>
          </li>
        ))}
      </ul>
    </details>
  )
}
