/**
 * Unlinks asked for together: a record with what stands under it, or many at once. Each entry goes the way of a single unlink; what is kept here
 * is which of them are still to come, in which order, and what became of the others, so that an agent that was killed goes on.
 */
export const unlinkBatches = `
create table unlink_batches ( -- One act of a person.
  id integer primary key,
  person integer,                      -- who asked
  origin text not null,                -- from where
  reason text,                         -- why, in their words
  more integer not null,               -- ready ones left out, because so many at once are the most (mostUnlinks)
  asked_at integer not null,
  ended_at integer                     -- since when no entry is waiting or under way
) strict;

create table unlink_entries ( -- One record of a batch.
  batch integer not null references unlink_batches (id),
  place integer not null,              -- from 1, as they were asked for
  link text not null,                  -- the link as it was named
  record integer,                      -- null where no such link is there for whoever asked
  forecast text not null,              -- id of the forecast that has to hold when its turn comes
  family integer not null,             -- place of the entry that comes last of its family; its own where it stands alone
  rank integer not null,               -- turn within the family: a rank goes once all below it are unlinked
  state integer not null,              -- position in unlinkStates (shared/forecast.ts)
  problem text,                        -- why it is not unlinked, JSON with code and params
  told text,                           -- forecast it was refused with, or that holds now instead, JSON
  primary key (batch, place)
) strict, without rowid;

create index unlink_entries_open on unlink_entries (record) where state < 2;
`
