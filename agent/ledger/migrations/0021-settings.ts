/** Each try to copy the ledger. What admins set of the agent as a whole stands in `settings` (0001), by name: log, backups. */
export const backups = `
create table backups /* each try of the running agent to copy the ledger */ (
  id integer primary key,
  began_at integer not null /* ms; what the copy holds is as of then */,
  ended_at integer not null /* ms */,
  daily integer not null /* 1: its hour had come; 0: somebody asked for it */,
  file text /* its path; null: none was made */,
  bytes integer /* its size; null: none was made */,
  reason text /* why none was made: a code of the values called backup (shared/problems/values.ts), or what the system said; null: it was made, and read back whole */
);
`
