/** An unlink can be taken back for a while: what it found is kept with who asked for it, in the transaction that confirms it. */
export const unlinks = `
alter table outbox add column asked text /* who asked for it and on what grounds, JSON (outbox.ts, Asked); null for what nobody asked for */;

create table unlinks ( -- Unlinks Procore confirmed. They stay as history; how long one can be undone is undo.ts's to say.
  id integer primary key,
  record integer not null references records(id),
  item_type integer not null,          -- position in itemTypes (shared/item.ts)
  item_id text not null,
  project text,
  at integer not null,                 -- when it was confirmed, ms
  person integer references people(id),
  forecast text,                       -- code of the forecast it was done on
  reason text,                         -- the person's words, where any were given
  carried text not null,               -- what carried the link, header and lines, JSON (outbox.ts, Before)
  snapshot text not null,              -- all that Procore gave of header and lines before the first call, JSON (outbox.ts, Snapshot)
  relinked_at integer,                 -- when it was undone, ms; null while it was not
  relinked_by integer references people(id)
) strict;

create index unlinks_record on unlinks (record);
`
