/** How far connectors that are asked were read, in whose words a file is written, and connections that were put away. */
export const connectors = `
create table connector_cursors /* how far a connector that is asked has been read: moved in the transaction that seals what it gave */ (
  source integer primary key /* sources.id */,
  cursor text not null /* in the connector's own words */,
  fields text not null /* the fields it gave then, comma-separated: with others all of it is read anew */,
  whole_at integer not null /* when all of it was last read, ms */
);

create table agreed_texts /* what may be run on this machine for a connection: what an admin was shown and agreed to */ (
  connection integer primary key,
  sha256 text not null /* of program, paths and the whole texts; with others nothing runs */,
  agreed_at integer not null /* ms */,
  person integer /* people.id */
);

alter table connections add column deleted_at integer /* ms; stopped and hidden since, with all it knows kept; null: it is there */;

alter table export_files add column plain text /* the kind of record, where the agent wrote it of a connector's answers (formats/plain.ts); null: its columns say it */;
`
