/**
 * One look-up per badge. A screenful is 500 items of a million: reading link, record and item of each costs three leaf pages an item,
 * this table one (measured 2026-11: 14 ms against 3). Triggers keep it in the transaction of the link, so it cannot differ from it.
 */
export const badges = `
create table badges ( -- What a badge shows of a linked item, kept by triggers on links.
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

create trigger badges_linked after insert on links when new.item_id is not null begin insert into badges select new.item_type, new.item_id, new.record, new.state, new.since, new.problem, r.source, r.key from records r where r.id = new.record; end;

create trigger badges_left after update of item_type, item_id on links when old.item_id is not null and (new.item_id is not old.item_id or new.item_type is not old.item_type) begin delete from badges where item_type = old.item_type and item_id = old.item_id and record = old.record; end;

create trigger badges_changed after update of state, since, problem, item_type, item_id on links when new.item_id is not null begin insert or replace into badges select new.item_type, new.item_id, new.record, new.state, new.since, new.problem, r.source, r.key from records r where r.id = new.record; end;

create trigger badges_gone after delete on links when old.item_id is not null begin delete from badges where item_type = old.item_type and item_id = old.item_id and record = old.record; end;

insert into badges select l.item_type, l.item_id, l.record, l.state, l.since, l.problem, r.source, r.key from links l join records r on r.id = l.record where l.item_id is not null;
`
