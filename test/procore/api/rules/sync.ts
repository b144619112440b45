import { assumptions } from '../../assumptions.ts'
import type { Json, Kind, Kinds } from '../../items.ts'
import type { Answer, Call } from '../endpoint.ts'
import type { Submitted } from './origin.ts'
import { type FieldErrors, Refusal } from './refusal.ts'
import { isBody } from './shape.ts'
import { create, findVisible, update, type Writing, type Written } from './write.ts'

/** Facts 5.1: at most 1,000 rows; what is answered above is assumption sync-too-many. */
const most = 1000

/** A sync action by the published rules (facts 5.1): always 200, good rows are kept, bad ones come back with what was submitted. */
export function sync<K extends Kind>(call: Call, writing: Writing<K>, view: (call: Call) => (item: Kinds[K]) => Json): Answer {
  const rows = call.body['updates']
  if (!Array.isArray(rows)) throw new Refusal(400, { updates: ["can't be blank"] })
  if (rows.length > most)
    throw new Refusal(assumptions['sync-too-many'].chosen, `updates may hold ${most} items, this call has ${rows.length}`)
  const written: number[] = []
  const errors: Json[] = []
  for (const [n, row] of rows.entries()) {
    const submitted = isBody(row) ? row : {}
    const fault = call.rowFault(n)
    const result = fault ? { errors: fault } : one(call, writing, submitted)
    if ('errors' in result) errors.push({ ...submitted, errors: result.errors })
    else written.push(result.item.id)
  }
  const drawn = view(call)
  const entities = call.shuffled([...new Set(written)]).map((id) => drawn(call.company.table(writing.kind).get(id)!))
  return { body: { entities, errors } }
}

/** The id / origin_id matrix of facts 5.1. */
function one<K extends Kind>(call: Call, writing: Writing<K>, submitted: Submitted): Written<Kinds[K]> {
  if (submitted['id'] !== undefined && submitted['id'] !== null) {
    const item = findVisible(call, writing, submitted['id'])
    return item ? update(call, writing, item, submitted) : notFound
  }
  const origin = submitted['origin_id']
  const owner = typeof origin === 'string' ? call.company.table(writing.kind).byOrigin(origin) : undefined
  const item = owner ? findVisible(call, writing, owner.id) : undefined
  return item ? update(call, writing, item, submitted) : create(call, writing, submitted)
}

const notFound: { errors: FieldErrors } = { errors: { id: ['Entity with this ID not found'] } }
