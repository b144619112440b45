import { join } from 'node:path'

/** Where the certificates lie in a data folder: no secret, unlike their keys. */
export const authorityPath = (folder: string): string => join(folder, 'tls', 'ca.crt')
export const serverPath = (folder: string): string => join(folder, 'tls', 'server.crt')
/** What was served before, to go back to. */
export const previousPath = (folder: string): string => join(folder, 'tls', 'previous.json')
