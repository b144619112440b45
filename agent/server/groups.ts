import { problem } from '../../shared/problem.ts'
import type { Agent } from './agent.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import { Refusal, refuse } from './refusal.ts'

/** Groups of people: list, make, change, remove; and whom a connection is open to. */
export function groupHandlers({
  reader: { raw },
  write,
}: Agent): Pick<Handlers, 'groups' | 'addGroup' | 'changeGroup' | 'removeGroup' | 'setConnectionScope'> {
  const set = async (
    id: number | null,
    { name, members, scope = null }: Parameters<Handlers['addGroup']>[0]['body'],
    by: ReturnType<typeof byOf>,
  ) => {
    const done = await write('setGroup', { id, name: name.trim(), scope, members: members.map(Number), by })
    if (done === null) throw refuse(404, 'no-group')
    if (done === 'taken') throw new Refusal(409, problem('group-name-taken', { name }))
    return { id: String(done) }
  }
  return {
    groups() {
      const members = Map.groupBy(raw.prepare('SELECT "group", person FROM group_members ORDER BY person').all(), (row) => row['group'])
      const groups = raw.prepare('SELECT id, name, scope FROM people_groups ORDER BY name').all()
      return {
        groups: groups.map(({ id, name, scope }) => ({
          ...{ id: String(id), name: String(name), scope: scope === null ? null : (JSON.parse(String(scope)) as string[]) },
          members: (members.get(id) ?? []).map(({ person }) => String(person)),
        })),
      }
    },
    addGroup: ({ body, caller }) => set(null, body, byOf(caller)),
    changeGroup: ({ params, body, caller }) => set(Number(params['id']), body, byOf(caller)),
    async setConnectionScope({ params, body: { scope }, caller }) {
      const ids = scope && { people: scope.people.map(Number), groups: scope.groups.map(Number) }
      const set = await write('setConnectionScope', { connection: Number(params['id']), scope: ids, by: byOf(caller) })
      if (!set) throw refuse(404, 'no-group-or-connection')
      return { scope }
    },
    async removeGroup({ params, caller }) {
      return { removed: await write('removeGroup', { id: Number(params['id']), by: byOf(caller) }) }
    },
  }
}
