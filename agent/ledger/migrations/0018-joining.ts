/** Browsers that ask to join, and groups of people. */
export const joining = `
create table asks ( -- Browsers that ask to join: ten minutes each, then they ask anew. Kept for a day, so that whoever slept meanwhile hears how it ended.
  id integer primary key,
  thumbprint text not null,            -- of the browser's key; it alone is told how the ask stands
  jwk text not null,
  origin text not null,
  label text not null,                 -- what the browser calls itself
  address text,                        -- it was asked from; null without a socket
  commitment text not null,            -- hash of its number, which it shows only after the agent's (shared/agent-link/digits.ts)
  agent_nonce text not null,           -- the agent's own number
  nonce text,                          -- the browser's, once it was shown; until then nobody is asked to compare
  asked_at integer not null,
  expires_at integer not null,
  ended_at integer,
  outcome text,                        -- approved, refused, or replaced by a newer ask with the same key; null while it waits
  person integer,                      -- it was approved for
  key integer                          -- of keys, once it was approved
) strict;

create index asks_asked on asks (asked_at);

create table people_groups ( -- People who work on the same things; what a person may do stays with the person.
  id integer primary key,
  name text not null unique,
  scope text,                          -- projects its members may see, JSON array; null says nothing of projects
  created_at integer not null
) strict;

create table group_members (
  "group" integer not null references people_groups (id),
  person integer not null references people (id),
  primary key ("group", person)
) strict, without rowid;

create index group_members_person on group_members (person);
`
