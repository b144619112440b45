CREATE TABLE connections ( -- A connector set up for one ERP company and one Procore company.
  id integer primary key,
  key text not null unique,            -- random, made once: first part of every origin_id we set
  name text not null,
  connector text not null,             -- id of a connector (connectors/index.ts)
  erp_company text not null,           -- the ERP company's name as badges show it
  procore_company text not null,       -- company id in Procore
  owner text not null,                 -- who owns the links: tieback or procore
  settings text not null,              -- connector, reading and matching settings, JSON
  settings_version integer not null,   -- rises with every change of settings; part of every fingerprint
  active integer not null              -- 1 while it runs
, deleted_at integer /* ms; stopped and hidden since, with all it knows kept; null: it is there */, scope text /* whom it is open to: people and groups by their ids, JSON; null: everyone. Admins always */) strict;

CREATE TABLE sources ( -- One entity of one connection.
  id integer primary key,
  connection integer not null references connections (id),
  entity text not null,
  writing integer not null default 0,          -- 0 watch only (how every connection starts), 1 writes
  creating integer not null default 0,         -- 1 when records may be created in Procore
  always_complete integer not null default 0,  -- 1 when an admin has said that this entity's file always holds every record
  as_of integer,                               -- when the ERP data last taken was taken there
  file integer,                                -- export file last sealed
  unique (connection, entity)
) strict;

CREATE TABLE export_files ( -- Every file that came to rest, and what became of it.
  id integer primary key,
  connection integer not null references connections (id),
  source integer references sources (id),      -- null while no format has claimed it
  path text not null,
  name text not null,
  spool text,                                  -- our copy, kept 14 days; null when it was hashed in place
  size integer not null,
  mtime integer not null,
  sha256 text not null,
  as_of integer not null,
  complete text not null,                      -- what says that it is whole, JSON (connectors/connector.ts)
  format text,
  state text not null,                         -- reading, taken, refused, unchanged, waiting (for a person), dropped
  counts text,                                 -- counts and control totals, JSON
  seen_at integer not null
, plain text /* the kind of record, where the agent wrote it of a connector's answers (formats/plain.ts); null: its columns say it */) strict;

CREATE INDEX export_files_source on export_files (source, path);

CREATE INDEX export_files_path on export_files (connection, path);

CREATE TABLE takes ( -- One pass over one file; its rows are invisible until its last transaction seals it.
  id integer primary key,
  run integer not null,
  file integer not null references export_files (id),
  source integer not null references sources (id),
  started_at integer not null,
  sealed_at integer
) strict;

CREATE TABLE fingerprints ( -- The lines of a source file as of its last sealed take, packed (formats/rescan.ts), in pieces of 1 MiB.
  source integer not null,
  path text not null,
  piece integer not null,
  bytes blob not null,
  primary key (source, path, piece)
) strict;

CREATE TABLE fingerprint_heads ( -- What else must hold for stored fingerprints to count.
  source integer not null,
  path text not null,
  format text not null,
  settings_version text not null,
  sha256 text not null,
  pieces integer not null, met text /* how the file looked when it was taken and filed, in its connector's words; null until then */, columns text /* headers its fields were read from, as JSON {field: header}; null where it was taken by an older Tieback */, header text /* the header as found, JSON array; null where it was taken by an older Tieback */,
  primary key (source, path)
) strict;

CREATE TABLE records ( -- Something in the ERP, known by its key; the id is also the link's id.
  id integer primary key,
  source integer not null,
  key text not null,
  content text not null,               -- values in the kind's field order, JSON array; only mapped fields
  amount integer,                      -- ten-thousandths, for control totals; null where the entity has none
  left_out integer not null,           -- position in leftOutReasons + 1, 0 when it goes
  take integer not null,               -- take that brought it
  line integer not null,               -- line in the file that brought the present content
  changed integer,                     -- take that brought the present content, null while it is the first
  absent_since integer,                -- export file it was first missing from
  vanished_at integer                  -- when complete exports had proved it gone
, origin_key text /* key its item's origin_id was made of, where an older Tieback made keys by another rule; null where it is key */) strict;

CREATE UNIQUE INDEX records_key on records (source, key);

CREATE TABLE parts ( -- Which sum a summed row (a wage) went into.
  record integer primary key,
  sum integer not null                 -- record that holds the sum
) strict;

CREATE INDEX parts_sum on parts (sum);

CREATE TABLE record_changes ( -- New content of known records in a take not yet sealed.
  take integer not null,
  record integer not null,
  content text not null,
  amount integer,
  left_out integer not null,
  line integer not null,
  primary key (take, record)
) strict;

CREATE TABLE record_keys ( -- Natural keys of records that may be matched, so that an item seen later finds them.
  connection integer not null,
  key text not null,
  record integer not null,
  primary key (connection, key, record)
) strict, without rowid;

CREATE INDEX record_keys_record on record_keys (record);

CREATE TABLE items ( -- Something in Procore as it last said.
  type integer not null,               -- position in itemTypes (shared/item.ts)
  id text not null,
  connection integer not null,
  project text,
  origin_id text,
  origin_code text,
  content text not null,               -- mapped fields of the answer, JSON object under the API's names
  updated_at text,                     -- Procore's own time stamp
  deleted_at text,
  seen_at integer not null,
  primary key (connection, type, id)
) strict, without rowid;

CREATE INDEX items_origin on items (connection, origin_id) where origin_id is not null;

CREATE INDEX items_project on items (connection, type, project);

CREATE TABLE item_keys ( -- Natural keys of items, for matching and for “nothing is created while an unlinked item shares its key”.
  connection integer not null,
  key text not null,
  type integer not null,
  id text not null,
  primary key (connection, key, type, id)
) strict, without rowid;

CREATE INDEX item_keys_item on item_keys (connection, type, id);

CREATE TABLE links ( -- A record and an item that are the same thing; one per record at most.
  record integer primary key,
  state integer not null,              -- position in linkStates (shared/link-state.ts)
  since integer not null,
  item_type integer,
  item_id text,
  tied integer not null default 0,     -- 1 once Procore confirmed that the item carries our origin_id
  confirmed_record text,               -- hash of the ERP side's figures when both sides last agreed
  confirmed_item text,                 -- hash of Procore's side at that time
  confirmed_at integer,
  problem integer,                     -- open problem behind the state
  confirmed_by integer                 -- person who said that this pair is the same, if one had to
, differs text /* what differs while both sides do: JSON, see reconcile.ts */) strict;

CREATE INDEX links_item on links (item_type, item_id) where item_id is not null;

CREATE TABLE runs ( -- One pass of a schedule entry or one file.
  id integer primary key,
  connection integer not null,
  entity text,
  kind text not null,                  -- file, poll, send, check
  started_at integer not null,
  ended_at integer,
  state text not null,                 -- running, done, waiting, failed
  file integer,
  started_by integer,
  counts text not null                 -- counts by name, JSON
) strict;

CREATE TABLE problems ( -- Trouble, open until its cause is gone.
  id integer primary key,
  connection integer,
  code text not null,
  params text not null,                -- what fills the sentence, JSON
  cause text not null,                 -- same cause, same group
  record integer,
  item_type integer,
  item_id text,
  file integer,
  line integer,
  column_name text,
  run integer,
  count integer not null default 1,    -- more rows of one file with this cause than are listed one by one
  opened_at integer not null,
  seen_at integer not null,
  closed_at integer
) strict;

CREATE INDEX problems_cause on problems (cause) where closed_at is null;

CREATE INDEX problems_record on problems (record) where closed_at is null and record is not null;

CREATE TABLE outbox ( -- Changes waiting their turn; strict order per record by id.
  id integer primary key,
  record integer not null,
  op integer not null,                 -- position in outboxOps
  state integer not null,              -- position in outboxStates
  attempts integer not null,
  not_before integer not null,
  batch integer,                       -- batch this was last sent with
  sent text,                           -- body last sent, JSON; null before the first attempt
  problem integer
, asked text /* who asked for it and on what grounds, JSON (outbox.ts, Asked); null for what nobody asked for */, plan integer /* the approved plan it is of: it goes although its kind only watches; null for what goes by itself */) strict;

CREATE INDEX outbox_record on outbox (record, id) where state <> 5;

CREATE INDEX outbox_due on outbox (state, not_before) where state <> 5;

CREATE TABLE events ( -- What happened, numbered without gaps (shared/event.ts).
  n integer primary key,
  at integer not null,
  kind text not null,
  connection integer,
  project text,
  run integer,
  person integer,
  data text not null                   -- items, more and data of the event, JSON
) strict;

CREATE TABLE history ( -- History of one link: every move.
  id integer primary key,
  record integer not null,
  at integer not null,
  from_state integer,
  to_state integer not null,
  person integer,
  run integer,
  code text,                           -- why, in words' codes
  data text
) strict;

CREATE INDEX history_record on history (record, id);

CREATE TABLE audit ( -- Who did what, hash-chained; written in the transaction of the act.
  id integer primary key,
  at integer not null,
  person integer,
  origin text not null,                -- from where
  act text not null,
  subject text not null,
  before text,
  after text,
  hash text not null                   -- SHA-256 over the previous hash and this row
, browser text /* its key and the label it had then, JSON; null for the command line, the agent, and acts of an older Tieback */) strict;

CREATE TABLE people (
  id integer primary key,
  name text not null,
  email text not null,
  role text not null,
  scope text,                          -- projects they may see, JSON array; null is all
  suspended_at integer,
  created_at integer not null
, approver integer not null default 0 /* 1 once an admin granted Tieback's own approver right */, suspended_by text /* 'procore' while Procore says that they are inactive */) strict;

CREATE TABLE keys ( -- A paired browser (or the command line): its public key, and the origin it paired from.
  id integer primary key,
  person integer not null references people (id),
  thumbprint text not null unique,
  jwk text not null,
  origin text not null,
  label text not null,
  created_at integer not null,
  last_seen_at integer,
  revoked_at integer
) strict;

CREATE TABLE codes ( -- Codes that let a browser join: hashed, two minutes, five tries.
  id integer primary key,
  person integer not null references people (id),
  hash text not null,
  made_at integer not null,
  expires_at integer not null,
  tries integer not null,
  used_at integer
) strict;

CREATE TABLE polls ( -- How far each list of Procore has been read.
  connection integer not null,
  list text not null,
  project text not null,               -- empty for lists of the company
  read_to text,                        -- newest updated_at seen
  full_at integer,                     -- when the whole list was last read
  read_at integer,                     -- when it was last asked
  touched_at integer,                  -- when something in it last moved
  primary key (connection, list, project)
) strict;

CREATE TABLE settings ( -- Small things that must commit with the rest: ledger seed, agent key, schedule, pause.
  name text primary key,
  value text not null
) strict;

CREATE TABLE badges ( -- What a badge shows of a linked item, kept by triggers on links.
  item_type integer not null,          -- position in itemTypes (shared/item.ts)
  item_id text not null,
  record integer not null,             -- the link's id
  state integer not null,
  since integer not null,
  problem integer,
  source integer not null,             -- the record's source and key: neither ever changes
  key text not null,
  primary key (item_type, item_id, record)
) strict, without rowid;

CREATE TRIGGER badges_linked after insert on links when new.item_id is not null begin insert into badges select new.item_type, new.item_id, new.record, new.state, new.since, new.problem, r.source, r.key from records r where r.id = new.record; end;

CREATE TRIGGER badges_left after update of item_type, item_id on links when old.item_id is not null and (new.item_id is not old.item_id or new.item_type is not old.item_type) begin delete from badges where item_type = old.item_type and item_id = old.item_id and record = old.record; end;

CREATE TRIGGER badges_changed after update of state, since, problem, item_type, item_id on links when new.item_id is not null begin insert or replace into badges select new.item_type, new.item_id, new.record, new.state, new.since, new.problem, r.source, r.key from records r where r.id = new.record; end;

CREATE TRIGGER badges_gone after delete on links when old.item_id is not null begin delete from badges where item_type = old.item_type and item_id = old.item_id and record = old.record; end;

CREATE TABLE item_terms ( -- Numbers and names an item of Procore is called by, in lower case.
  connection integer not null,
  type integer not null,               -- position in itemTypes (shared/item.ts)
  term text not null,
  id text not null,
  primary key (connection, type, term, id)
) strict, without rowid;

CREATE INDEX item_terms_item on item_terms (connection, type, id);

CREATE TABLE record_terms ( -- Key, numbers and names a record of the ERP is called by, in lower case.
  source integer not null,
  term text not null,
  record integer not null,
  primary key (source, term, record)
) strict, without rowid;

CREATE INDEX record_terms_record on record_terms (record);

CREATE TABLE unlinks ( -- Unlinks Procore confirmed. They stay as history; how long one can be undone is undo.ts's to say.
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

CREATE INDEX unlinks_record on unlinks (record);

CREATE TABLE watches ( -- Unlinks asked for in advance; one per link. It ends by firing, by time or by a person, and then only the audit log has it.
  record integer primary key references records(id),
  person integer not null references people(id), -- who set it, and in whose name it fires
  key integer not null references keys(id),      -- the paired browser it was set with: revoked, it no longer fires
  origin text not null,                          -- where it was set from, for the audit log
  reason text,                                   -- why, in their words, where they were asked for any
  since integer not null,                        -- ms
  until integer not null                         -- ms, by the agent's clock
) strict;

CREATE TABLE unlink_batches ( -- One act of a person.
  id integer primary key,
  person integer,                      -- who asked
  origin text not null,                -- from where
  reason text,                         -- why, in their words
  more integer not null,               -- ready ones left out, because so many at once are the most (mostUnlinks)
  asked_at integer not null,
  ended_at integer                     -- since when no entry is waiting or under way
, key integer /* of the browser it was asked for with; null where no browser did */) strict;

CREATE TABLE unlink_entries ( -- One record of a batch.
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

CREATE INDEX unlink_entries_open on unlink_entries (record) where state < 2;

CREATE TABLE procore_people ( -- People known here as Procore's directory of one connection last said, by e-mail.
  connection integer not null,
  person integer not null,
  id text,                             -- Procore's id; null where the whole list lacks their e-mail
  active integer,                      -- null where the answer did not say
  accountant integer,                  -- 'Can Push to Accounting'; null where the answer did not say
  seen_at integer not null,
  primary key (connection, person)
) strict, without rowid;

CREATE TABLE procore_members ( -- Whether Procore lists a person known here in a project.
  connection integer not null,
  project text not null,
  person integer not null,
  listed integer not null,
  seen_at integer not null,
  primary key (connection, project, person)
) strict, without rowid;

CREATE INDEX procore_members_unlisted on procore_members (person) where listed = 0;

CREATE TABLE archived_records ( -- Records of the ERP a person has put away.
  record integer primary key,
  at integer not null,
  person integer,
  reason text                          -- what they typed, if anything
) strict;

CREATE TABLE archived_items ( -- The same of items of Procore that nothing is tied to.
  connection integer not null,
  type integer not null,               -- position in itemTypes (shared/item.ts)
  id text not null,
  at integer not null,
  person integer,
  reason text,
  primary key (connection, type, id)
) strict, without rowid;

CREATE INDEX audit_subject on audit (subject);

CREATE INDEX problems_told on problems (record) where record is not null;

CREATE INDEX records_origin_key on records (source, origin_key) where origin_key is not null;

CREATE TABLE mappings ( -- What was ticked in each connection's mapping. Rows are only ever added; the highest version counts. None: everything is ticked.
  connection integer not null,
  version integer not null,
  content text not null,               -- ticks by entity, JSON (shared/mapping/ticks.ts); going back copies the bytes
  saved_at integer not null,
  person integer,                      -- null for the command line in nobody's name
  origin text not null,
  back integer,                        -- the version it went back to; 0 is how every connection starts
  primary key (connection, version)
) strict, without rowid;

CREATE TABLE asks ( -- Browsers that ask to join: ten minutes each, then they ask anew. Kept for a day, so that whoever slept meanwhile hears how it ended.
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

CREATE INDEX asks_asked on asks (asked_at);

CREATE TABLE people_groups ( -- People who work on the same things; what a person may do stays with the person.
  id integer primary key,
  name text not null unique,
  scope text,                          -- projects its members may see, JSON array; null says nothing of projects
  created_at integer not null
) strict;

CREATE TABLE group_members (
  "group" integer not null references people_groups (id),
  person integer not null references people (id),
  primary key ("group", person)
) strict, without rowid;

CREATE INDEX group_members_person on group_members (person);

CREATE TABLE connector_cursors /* how far a connector that is asked has been read: moved in the transaction that seals what it gave */ (
  source integer primary key /* sources.id */,
  cursor text not null /* in the connector's own words */,
  fields text not null /* the fields it gave then, comma-separated: with others all of it is read anew */,
  whole_at integer not null /* when all of it was last read, ms */
);

CREATE TABLE agreed_texts /* what may be run on this machine for a connection: what an admin was shown and agreed to */ (
  connection integer primary key,
  sha256 text not null /* of program, paths and the whole texts; with others nothing runs */,
  agreed_at integer not null /* ms */,
  person integer /* people.id */
);

CREATE TABLE plans /* a dry run of both sides, and what was approved of it */ (
  id integer primary key,
  depth text not null /* deep: both sides read anew and every record looked at; quick: what moved */,
  since text /* yyyy-mm-dd: records the ERP dates before it stay out; null: the beginning of time */,
  scope text not null /* connections with their kinds of records, JSON (shared/plan.ts) */,
  state text not null /* reading, ready, running, paused, done, stopped, failed */,
  asked_at integer not null,
  asked_by integer /* people.id; null for the command line in nobody's name */,
  made_at integer /* since when its rows stand; they never change afterwards */,
  found text /* what was counted and how old both sides were, by connection and kind, JSON (shared/plan.ts) */,
  approved text /* groups, JSON */,
  approved_at integer,
  approved_by integer,
  running_since integer /* since it was last let go: rates are measured from here */,
  ended_at integer,
  problem text /* why it failed, JSON */
) strict;

CREATE TABLE plan_rows /* one record of a plan */ (
  plan integer not null references plans (id),
  record integer not null references records (id),
  connection integer not null,
  entity text not null,
  what integer not null /* position in planGroups (shared/plan.ts) */,
  op integer /* position in outboxOps; null where nothing can be approved */,
  place text /* project its item lies in; empty for the company, null where nobody knows */,
  named text /* what a person reads beside the key */,
  partner text /* what its item is called in Procore; null where there is none */,
  was text /* Procore's values before, JSON */,
  body text /* what would be sent, JSON */,
  seen text /* hash of both sides and the body: with another it is not what was approved */,
  idempotency text /* the origin_id it is created or linked with; the item's id where it is changed */,
  problem text /* why it cannot go, JSON; null where its state says it */,
  state integer not null default 0 /* position in planRowStates (shared/plan.ts) */,
  left_out text /* why an approved row was not written, a code of words (plan.left.*) */,
  settled_at integer,
  primary key (plan, record)
) strict, without rowid;

CREATE INDEX plan_rows_group on plan_rows (plan, connection, entity, what, state, place);

CREATE INDEX plan_rows_settled on plan_rows (plan, settled_at) where settled_at is not null;

CREATE INDEX plan_rows_waiting on plan_rows (plan) where state = 1;

CREATE INDEX plan_rows_unsettled on plan_rows (plan) where state > 1 and settled_at is null;

CREATE TRIGGER plan_rows_moved after update of state on outbox when new.plan is not null begin update plan_rows set state = case new.state when 5 then 2 when 3 then 4 else 1 end, settled_at = null where plan = new.plan and record = new.record; end;

CREATE TRIGGER plan_rows_dropped after delete on outbox when old.plan is not null and old.state not in (3, 5) begin update plan_rows set state = 3, left_out = coalesce(left_out, 'no-longer') where plan = old.plan and record = old.record and state = 1; end;

CREATE TABLE backups /* each try of the running agent to copy the ledger */ (
  id integer primary key,
  began_at integer not null /* ms; what the copy holds is as of then */,
  ended_at integer not null /* ms */,
  daily integer not null /* 1: its hour had come; 0: somebody asked for it */,
  file text /* its path; null: none was made */,
  bytes integer /* its size; null: none was made */,
  reason text /* why none was made: a code of the values called backup (shared/problems/values.ts), or what the system said; null: it was made, and read back whole */
);

CREATE TABLE hand_overs ( -- Sheets for the Procore admin: one code each, a day, five tries. What is handed in lies in the key store, never here.
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
