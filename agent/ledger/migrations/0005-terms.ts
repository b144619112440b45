/**
 * What a person may type to find something, so that a number is found among millions without reading them. Kept in the transaction of
 * what it finds (find-terms.ts). Job cost transactions have none: a take of a million rows would write a million more, and nobody knows
 * their keys; a direct cost is found by its item's invoice number. `lower` knows the letters of ASCII only: a name with others is
 * written anew with the next change of what it names.
 */
export const terms = `
create table item_terms ( -- Numbers and names an item of Procore is called by, in lower case.
  connection integer not null,
  type integer not null,               -- position in itemTypes (shared/item.ts)
  term text not null,
  id text not null,
  primary key (connection, type, term, id)
) strict, without rowid;

create index item_terms_item on item_terms (connection, type, id);

create table record_terms ( -- Key, numbers and names a record of the ERP is called by, in lower case.
  source integer not null,
  term text not null,
  record integer not null,
  primary key (source, term, record)
) strict, without rowid;

create index record_terms_record on record_terms (record);

insert or ignore into item_terms
select i.connection, i.type, lower(trim(j.value)), i.id from items i, json_each(i.content) j
where j.key in ('number', 'project_number', 'invoice_number', 'check_number', 'payment_number', 'full_code', 'code', 'name') and j.type = 'text' and trim(j.value) <> '';

insert or ignore into item_terms select connection, type, lower(trim(origin_code)), id from items where trim(origin_code) <> '';

insert or ignore into record_terms
select r.source, lower(r.key), r.id from records r join sources s on s.id = r.source join links l on l.record = r.id where s.entity in ('vendors', 'jobs', 'commitments');

insert or ignore into record_terms
select r.source, lower(trim(json_extract(r.content, '$[1]'))), r.id from records r join sources s on s.id = r.source join links l on l.record = r.id
where s.entity in ('vendors', 'jobs') and trim(json_extract(r.content, '$[1]')) <> '';
`
