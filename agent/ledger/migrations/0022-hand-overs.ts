/** Id and secret of Procore's app, asked of whoever administers it there; and whom a connection is open to. */
export const handOvers = `
create table hand_overs ( -- Sheets for the Procore admin: one code each, a day, five tries. What is handed in lies in the key store, never here.
  id integer primary key,
  connection integer,                  -- connections.id; null while it is not saved yet
  name text not null,                  -- the connection's
  company text not null,               -- Procore's id
  draft text not null,                 -- what stood in the form, JSON, without any secret: the form goes on with it
  hash text not null,                  -- of the code
  made_at integer not null,
  expires_at integer not null,
  person integer,                      -- people.id: whose sheet it is
  tries integer not null,              -- wrong codes so far
  arrived_at integer,                  -- id and secret lie in the key store since
  address text,                        -- they came from
  ended_at integer,
  outcome text                         -- saved, replaced or withdrawn; null while it counts
) strict;

alter table connections add column scope text /* whom it is open to: people and groups by their ids, JSON; null: everyone. Admins always */;
`
