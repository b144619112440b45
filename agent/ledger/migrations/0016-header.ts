/** Which columns are new, or stand at the place of one that is gone, shows only beside the whole header there was. */
export const header = `
alter table fingerprint_heads add column header text /* the header as found, JSON array; null where it was taken by an older Tieback */;
`
