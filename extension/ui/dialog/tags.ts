/** Dialogs that lie over everything while they ask, by their elements. */
export type DialogTag = 'tieback-unlink' | 'tieback-ties'

export const dialogs = 'tieback-unlink, tieback-ties'
