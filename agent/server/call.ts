import type { AnswerOf, BodyOf, QueryOf, RouteName, routes } from '../../shared/api.ts'
import type { Caller } from './agent.ts'
import type { ProvenKey } from './guard.ts'

type RoleOf<N extends RouteName> = (typeof routes)[N]['role']

/** What a handler is given: parts parsed by the table's schemas, and who calls (nobody on open routes, a bare key when joining). */
type Call<N extends RouteName> = {
  params: Record<string, string>
  query: QueryOf<N>
  body: BodyOf<N>
  address: string | null
  origin: string | undefined
  caller: RoleOf<N> extends 'anyone' | 'machine' ? null : Caller
  proof: RoleOf<N> extends 'anyone' ? ProvenKey : null
}

/** An answer that is already text: metrics, or JSON put together for speed. */
export class Text {
  readonly text: string
  readonly type: string
  constructor(text: string, type = 'application/json') {
    this.text = text
    this.type = type
  }
}

type Reply<N extends RouteName> = AnswerOf<N> | Text
export type Handler<N extends RouteName> = (call: Call<N>) => Reply<N> | Promise<Reply<N>>
export type Handlers = { [N in RouteName]: Handler<N> }
