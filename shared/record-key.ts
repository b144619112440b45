/** One text for a key of several parts, never the same for two different keys; an empty part is empty in it. No array is made: keys are made by the million. */
export function keyText(parts: readonly (string | null | undefined)[]): string {
  let text = parts[0] ?? ''
  if (parts.length === 1) return text
  text = escaped(text)
  for (let at = 1; at < parts.length; at++) text += `|${escaped(parts[at] ?? '')}`
  return text
}

const escaped = (part: string): string => (part.includes('|') || part.includes('\\') ? part.replace(/[\\|]/g, '\\$&') : part)
