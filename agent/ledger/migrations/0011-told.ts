/** The whole history of one link is asked for by a page: its acts and its closed problems must not be looked for in those of all others. */
export const told = `
create index audit_subject on audit (subject);

create index problems_told on problems (record) where record is not null;
`
