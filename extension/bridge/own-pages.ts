/**
 * Addresses of the extension's own pages about one record: which agent knows it, and its item. Nothing secret stands there. The page is not called
 * history.html: an entrypoint of that name replaces the browser's own history (wxt, 2026-11).
 */
import { itemTypes } from '../../shared/item.ts'

/** The agent by its id, and the item as `type:id`. */
export type RecordAt = { agent: string; id: string }

export type OwnPage = RecordAt & { shows: 'history' | 'evidence' }

export const ownPage = ({ agent, id, shows }: OwnPage): string => `record.html?${new URLSearchParams({ agent, id, shows })}`

/** What an address asks for; null for what no page of ours ever wrote. */
export function readOwnPage(search: string): OwnPage | null {
  const asked = new URLSearchParams(search)
  const [agent, id] = [asked.get('agent') ?? '', asked.get('id') ?? '']
  const [, type, number] = /^([a-z-]+):(\d{1,19})$/.exec(id) ?? []
  if (!/^[\w-]{1,100}$/.test(agent) || number === undefined || !itemTypes.some((one) => one === type)) return null
  return { agent, id: `${type}:${number}`, shows: asked.get('shows') === 'evidence' ? 'evidence' : 'history' }
}
