/** A column that was in an export and is not any more would empty a field of every record: what each export had is remembered. */
export const columns = `
alter table fingerprint_heads add column columns text /* headers its fields were read from, as JSON {field: header}; null where it was taken by an older Tieback */;
`
