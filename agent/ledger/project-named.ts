import type { DatabaseSync } from 'node:sqlite'
import { itemTypes } from '../../shared/item.ts'
import type { Problem } from '../../shared/problem.ts'

/** A problem that is about a project, with the name people know it by; what is hidden now is called as it was last seen. */
export function projectNamed(raw: DatabaseSync, connection: number, trouble: Problem): Problem {
  const id = trouble.params?.['project']
  if (id === undefined) return trouble
  const row = raw
    .prepare('select content from items where connection = ? and type = ? and id = ?')
    .get(connection, itemTypes.indexOf('project'), String(id))
  const { name } = JSON.parse(String(row?.['content'] ?? '{}')) as { name?: string | null }
  return name ? { ...trouble, params: { ...trouble.params, project: `${name} (${id})` } } : trouble
}

/** A project that is hidden is one cause, whoever meets it and whatever for. */
export const hiddenProjectCause = (connection: number, project: unknown): string => `project-not-permitted ${connection} ${project}`
