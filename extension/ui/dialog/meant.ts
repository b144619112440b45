/** Longer than a double click takes: what was meant for what lay there before must not confirm. */
const DEAF_MS = 300

/** Whether an event is a person’s answer to what has stood there since then (ms): never a script’s, and never in the first moments. */
export const isMeant = ({ isTrusted, timeStamp }: Pick<Event, 'isTrusted' | 'timeStamp'>, since: number): boolean =>
  isTrusted && timeStamp - since >= DEAF_MS
