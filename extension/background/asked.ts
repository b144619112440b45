/** What every answer to a page needs: whose page it is, which agent serves it, and what of the message may be believed. */

import type { Client, Reply } from '../../shared/agent-link/client.ts'
import type { MeAnswer } from '../../shared/api/me.ts'
import type { ItemRef, ItemType } from '../../shared/item.ts'
import type { Page } from '../../shared/pages/page.ts'
import type { Calls } from '../bridge/calls.ts'
import type { Sender } from '../bridge/sender.ts'
import { agentFor } from './agents.ts'

export type Answers = { [N in keyof Calls]: (input: Calls[N]['input'], from: Sender) => Promise<Reply<Calls[N]['output']>> }

export const refused = (reason: string) => ({ problem: { code: 'request-refused', params: { reason } } })

/** The address names the company, or the page's links hint at one; `agentFor` holds both against what agents serve. */
export const companyOf = (page: Page, hint: { company: string | null }): string | null => page.company ?? digits(hint.company)
export const at = (page: Page, hint: { company: string | null }) => ({ company: companyOf(page, hint), host: page.host })
const digits = (text: unknown): string | null => (typeof text === 'string' && /^\d{1,19}$/.test(text) ? text : null)

/** `type:id` as a page writes it; whether such an item may be asked about is for `allowed` to say. */
export function named(key: string): ItemRef {
  const [type = '', id = ''] = String(key).split(':')
  return { type: type as ItemRef['type'], id }
}

export async function withAgent<T>(
  page: Page,
  hint: { company: string | null },
  call: (client: Client, agent: string, me: MeAnswer) => Promise<Reply<T>>,
): Promise<Reply<T>> {
  const served = await agentFor(at(page, hint))
  if ('problem' in served) return served
  const { agent, client, me } = served.value
  return call(client, agent.id, me)
}

/** The ERP tool lists one type in each of its tabs; any other list is asked about whole, whatever is filtered or scrolled away. */
export function openOf({ kind }: Page, all: readonly ItemType[], shown: readonly string[]): readonly ItemType[] {
  const open = kind === 'erp-tool' ? all.filter((type) => shown.includes(type)) : []
  return open.length > 0 ? open : all
}
