/** Parses an answer; undefined, which fits no schema, where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // another program, or half an answer: the schema says so
  }
}
