/** Ids are text everywhere: Procore's exceed 32 bits and its v2 API sends strings (procore-api.md 1.1, docs of 2026-06). Branded, so a company is never taken for a project. */
declare const kind: unique symbol
type Id<K extends string> = string & { readonly [kind]: K }

export type CompanyId = Id<'company'>
export type ProjectId = Id<'project'>
export type ItemId = Id<'item'>
export type ConnectionId = Id<'connection'>
export type LinkId = Id<'link'>
export type RunId = Id<'run'>
export type PersonId = Id<'person'>
export type KeyId = Id<'key'>

/** Takes a text for an id of one kind; the one place where that claim is made. */
export const asId = <T extends Id<string>>(text: string | number): T => String(text) as T
