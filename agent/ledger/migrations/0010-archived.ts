/**
 * What a person has put away for good: it asks for nothing and meets nobody until they take it back. In tables of its own, for a link's state is
 * judged anew with every look at both sides, and an item that nothing is tied to has no link.
 */
export const archived = `
create table archived_records ( -- Records of the ERP a person has put away.
  record integer primary key,
  at integer not null,
  person integer,
  reason text                          -- what they typed, if anything
) strict;

create table archived_items ( -- The same of items of Procore that nothing is tied to.
  connection integer not null,
  type integer not null,               -- position in itemTypes (shared/item.ts)
  id text not null,
  at integer not null,
  person integer,
  reason text,
  primary key (connection, type, id)
) strict, without rowid;
`
