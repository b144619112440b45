/** A person may ask in advance for an unlink that is not possible yet. */
export const watches = `
create table watches ( -- Unlinks asked for in advance; one per link. It ends by firing, by time or by a person, and then only the audit log has it.
  record integer primary key references records(id),
  person integer not null references people(id), -- who set it, and in whose name it fires
  key integer not null references keys(id),      -- the paired browser it was set with: revoked, it no longer fires
  origin text not null,                          -- where it was set from, for the audit log
  reason text,                                   -- why, in their words, where they were asked for any
  since integer not null,                        -- ms
  until integer not null                         -- ms, by the agent's clock
) strict;
`
