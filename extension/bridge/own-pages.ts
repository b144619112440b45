/**
 * Addresses of the extension's own pages about one record: which agent knows it, and its item. Nothing secret stands there. The page is not called
 * history.html: an entrypoint of that name replaces the browser's own history (wxt, 2026-11).
 */
import { itemTypes } from '../../shared/item.ts'
import { type Environment, environments } from '../../shared/pages/hosts.ts'

/** The agent by its id, the item as `type:id`, and which Procore its page was of where that is not production. */
export type RecordAt = { agent: string; id: string; environment?: Environment | undefined }

export type OwnPage = RecordAt & { shows: 'history' | 'evidence' }

export const ownPage = ({ agent, id, shows, environment = 'production' }: OwnPage): string =>
  `record.html?${new URLSearchParams({ agent, id, shows, ...(environment === 'production' ? {} : { environment }) })}`

/** What an address asks for; null for what no page of ours ever wrote. */
export function readOwnPage(search: string): OwnPage | null {
  const asked = new URLSearchParams(search)
  const [agent, id] = [asked.get('agent') ?? '', asked.get('id') ?? '']
  const [, type, number] = /^([a-z-]+):(\d{1,19})$/.exec(id) ?? []
  if (!/^[\w-]{1,100}$/.test(agent) || number === undefined || !itemTypes.some((one) => one === type)) return null
  const environment = environments.find((one) => one === asked.get('environment'))
  return {
    agent,
    id: `${type}:${number}`,
    ...(environment ? { environment } : {}),
    shows: asked.get('shows') === 'evidence' ? 'evidence' : 'history',
  }
}
