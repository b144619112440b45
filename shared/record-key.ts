/** One text for a key of several parts, never the same for two different keys; an empty part is empty in it. */
export const keyText = (parts: readonly (string | null | undefined)[]): string =>
  parts.length === 1 ? (parts[0] ?? '') : parts.map((part) => escaped(part ?? '')).join('|')

const escaped = (part: string): string => (part.includes('|') || part.includes('\\') ? part.replace(/[\\|]/g, '\\$&') : part)
