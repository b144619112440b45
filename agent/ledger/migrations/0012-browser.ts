/** With which browser an act was asked for: every Chrome has the same origin, each has a key of its own. */
export const browser = `
alter table audit add column browser text /* its key and the label it had then, JSON; null for the command line, the agent, and acts of an older Tieback */;

alter table unlink_batches add column key integer /* of the browser it was asked for with; null where no browser did */;
`
