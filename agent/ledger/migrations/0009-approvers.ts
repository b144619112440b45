/** Who may unlink: Tieback’s own list of approvers, and what Procore says of the people known here. */
export const approvers = `
alter table people add column approver integer not null default 0 /* 1 once an admin granted Tieback's own approver right */;

alter table people add column suspended_by text /* 'procore' while Procore says that they are inactive */;

create table procore_people ( -- People known here as Procore's directory of one connection last said, by e-mail.
  connection integer not null,
  person integer not null,
  id text,                             -- Procore's id; null where the whole list lacks their e-mail
  active integer,                      -- null where the answer did not say
  accountant integer,                  -- 'Can Push to Accounting'; null where the answer did not say
  seen_at integer not null,
  primary key (connection, person)
) strict, without rowid;

create table procore_members ( -- Whether Procore lists a person known here in a project.
  connection integer not null,
  project text not null,
  person integer not null,
  listed integer not null,
  seen_at integer not null,
  primary key (connection, project, person)
) strict, without rowid;

create index procore_members_unlisted on procore_members (person) where listed = 0;
`
