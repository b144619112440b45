/** Plans: what a dry run found, what of it somebody approved, and what became of each row. */
export const plans = `
create table plans /* a dry run of both sides, and what was approved of it */ (
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

create table plan_rows /* one record of a plan */ (
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

create index plan_rows_group on plan_rows (plan, connection, entity, what, state, place);

create index plan_rows_settled on plan_rows (plan, settled_at) where settled_at is not null;

create index plan_rows_waiting on plan_rows (plan) where state = 1;

create index plan_rows_unsettled on plan_rows (plan) where state > 1 and settled_at is null;

alter table outbox add column plan integer /* the approved plan it is of: it goes although its kind only watches; null for what goes by itself */;

create trigger plan_rows_moved after update of state on outbox when new.plan is not null begin update plan_rows set state = case new.state when 5 then 2 when 3 then 4 else 1 end, settled_at = null where plan = new.plan and record = new.record; end;

create trigger plan_rows_dropped after delete on outbox when old.plan is not null and old.state not in (3, 5) begin update plan_rows set state = 3, left_out = coalesce(left_out, 'no-longer') where plan = old.plan and record = old.record and state = 1; end;
`
