import { type Fault, hour, type World } from './fault.ts'

const hidden = ({ side: { company } }: World): readonly string[] => {
  const { permittedProjects: shown } = company
  const all = company.tables.projects.live()
  return shown === 'all' ? [] : all.flatMap(({ id, name }) => (shown.has(id) ? [] : [`${name} (${id})`]))
}

/** The app may no longer see three projects, after an update of it, say; an hour later they are permitted again. Each is named. */
export const projectsTakenAway: Fault = {
  steps: ['dawn'],
  never: 'first', // what was never seen has no name
  says: 'project-not-permitted',
  lastsMs: hour,
  names: hidden,
  start({ side: { company, projects } }, chance) {
    const away = new Set(chance.shuffled([...projects.values()]).slice(0, 3))
    company.permittedProjects = new Set([...projects.values()].filter((id) => !away.has(id)))
    return () => {
      company.permittedProjects = 'all'
    }
  },
}
