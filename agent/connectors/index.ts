/** The connectors there are. A new way to reach an ERP is one new folder and one line here. */
import { folder } from './folder/folder.ts'

export const connectors = { folder } as const
