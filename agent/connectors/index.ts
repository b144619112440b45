/** The connectors there are. A new way to reach an ERP is one new folder and one line here. */
import type { Connector } from './connector.ts'
import { extract } from './extract/extract.ts'
import { folder } from './folder/folder.ts'
import { http } from './http/http.ts'

export const connectors = { folder, extract, http } as const

/** One of them, or null; its settings are as JSON holds them, checked by its own `fault`. */
export const connectorOf = (id: string): Connector<Record<string, unknown>> | null =>
  Object.hasOwn(connectors, id) ? (connectors[id as keyof typeof connectors] as unknown as Connector<Record<string, unknown>>) : null
