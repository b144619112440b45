/**
 * What differs between both sides of a link, as of the last look: fields may come and go while its state stays the same.
 * States 7 to 9 are changed-in-erp, -in-procore and -in-both; until now the fields stood in their last move alone.
 */
export const differs = `
alter table links add column differs text /* what differs while both sides do: JSON, see reconcile.ts */;

update links set differs = (select data from history h where h.record = links.record order by h.id desc limit 1) where state in (7, 8, 9);
`
