/** Groups of people: who works on the same things, and the projects that opens to them. */
import * as z from 'zod/mini'
import { route } from './route.ts'
import { Id, PersonName } from './values.ts'

export const GroupShape = z.object({
  id: z.string(),
  name: z.string(),
  /** Procore project ids its members may see; null says nothing of projects. */
  scope: z.nullable(z.array(z.string())),
  /** People by their ids. */
  members: z.array(z.string()),
})
export type GroupShape = z.infer<typeof GroupShape>

const Said = z.object({
  name: PersonName,
  members: z.array(Id).check(z.maxLength(1000)),
  scope: z.optional(z.nullable(z.array(Id).check(z.maxLength(5000)))),
})

export const groupRoutes = {
  groups: route({
    method: 'GET',
    path: '/groups',
    role: 'admin',
    says: 'Groups of people, with their members and projects.',
    answer: z.object({ groups: z.array(GroupShape) }),
  }),
  addGroup: route({
    method: 'POST',
    path: '/groups',
    role: 'admin',
    says: 'Makes a group. What its members may do stays with each of them; its projects add to theirs.',
    body: Said,
    answer: z.object({ id: z.string() }),
  }),
  changeGroup: route({
    method: 'PUT',
    path: '/groups/{id}',
    role: 'admin',
    says: 'Name, members and projects of a group as they shall be from now on.',
    body: Said,
    answer: z.object({ id: z.string() }),
  }),
  removeGroup: route({
    method: 'DELETE',
    path: '/groups/{id}',
    role: 'admin',
    says: 'Removes a group; its members stay.',
    answer: z.object({ removed: z.boolean() }),
  }),
}
