/**
 * A payment is known by what it paid too: one check pays several invoices, and its id alone refused them all. What is in Procore keeps the
 * origin_id it was given, so the old key is remembered. Exports of payments are read anew as a whole: what was refused in them is in the file still.
 * Values 0 to 2 of a payment are vendor, invoice and payment_id (items/ap-payments.ts); a key's parts are escaped as shared/record-key.ts does.
 */
const part = (at: number): string => `replace(replace(json_extract(content, '$[${at}]'), '\\', '\\\\'), '|', '\\|')`

const ofPayments = "source in (select id from sources where entity = 'ap-payments')"

export const payments = `
alter table records add column origin_key text /* key its item's origin_id was made of, where an older Tieback made keys by another rule; null where it is key */;

create index records_origin_key on records (source, origin_key) where origin_key is not null;

update records set origin_key = key, key = ${part(2)} || '|' || ${part(0)} || '|' || ${part(1)}
where ${ofPayments} and key = json_extract(content, '$[2]');

update badges set key = (select r.key from records r where r.id = badges.record) where ${ofPayments};

delete from record_terms where ${ofPayments} and exists (select 1 from records r where r.id = record_terms.record and lower(r.origin_key) = term);

insert or ignore into record_terms select source, lower(key), id from records where origin_key is not null;

update fingerprint_heads set settings_version = '' where ${ofPayments};
`
