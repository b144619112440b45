/** An agent that starts again must not read a folder of known exports once more, and give each a run of its own, only to find nothing new. */
export const met = `
alter table fingerprint_heads add column met text /* how the file looked when it was taken and filed, in its connector's words; null until then */;
`
