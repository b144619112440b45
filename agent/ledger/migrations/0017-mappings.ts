/** What a person ticks is kept for good, version by version, so that each can be seen again and gone back to. */
export const mappings = `
create table mappings ( -- What was ticked in each connection's mapping. Rows are only ever added; the highest version counts. None: everything is ticked.
  connection integer not null,
  version integer not null,
  content text not null,               -- ticks by entity, JSON (shared/mapping/ticks.ts); going back copies the bytes
  saved_at integer not null,
  person integer,                      -- null for the command line in nobody's name
  origin text not null,
  back integer,                        -- the version it went back to; 0 is how every connection starts
  primary key (connection, version)
) strict, without rowid;
`
